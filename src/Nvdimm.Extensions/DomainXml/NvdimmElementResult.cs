using System.Diagnostics.CodeAnalysis;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>An element, or why there is none.</summary>
/// <param name="Element">The element; null where it is refused.</param>
/// <param name="Findings">Every reason of a refusal; with an element only warnings.</param>
public sealed record NvdimmElementResult(NvdimmElement? Element, ValueList<Finding> Findings)
{
    /// <summary>Whether there is no element.</summary>
    [MemberNotNullWhen(false, nameof(Element))]
    public bool IsRefused => Element is null;
}
