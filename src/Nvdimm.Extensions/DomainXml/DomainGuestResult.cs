using System.Diagnostics.CodeAnalysis;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>A domain's guest, or why it cannot be read.</summary>
/// <param name="Guest">The guest; null where a value that it needs cannot be read.</param>
/// <param name="Findings">Every reason; empty with a guest.</param>
public sealed record DomainGuestResult(DomainGuest? Guest, ValueList<Finding> Findings)
{
    /// <summary>Whether there is no guest.</summary>
    [MemberNotNullWhen(false, nameof(Guest))]
    public bool IsRefused => Guest is null;
}
