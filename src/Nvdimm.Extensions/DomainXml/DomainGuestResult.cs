using System.Diagnostics.CodeAnalysis;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>A domain's guest, or the reasons why it cannot be read.</summary>
/// <param name="Guest">The guest; null if a value that it needs cannot be read.</param>
/// <param name="Findings">Every reason; empty if there is a guest.</param>
public sealed record DomainGuestResult(DomainGuest? Guest, ValueList<Finding> Findings)
{
    /// <summary>Whether the domain cannot be read. Then <see cref="Guest"/> is null.</summary>
    [MemberNotNullWhen(false, nameof(Guest))]
    public bool IsRefused => Guest is null;
}
