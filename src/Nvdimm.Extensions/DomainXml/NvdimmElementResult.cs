using System.Diagnostics.CodeAnalysis;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>An element, or the reasons for a refusal.</summary>
/// <param name="Element">The element; null if it is refused.</param>
/// <param name="Findings">Every reason for a refusal; with an element only warnings.</param>
public sealed record NvdimmElementResult(NvdimmElement? Element, ValueList<Finding> Findings)
{
    /// <summary>Whether the element is refused. Then <see cref="Element"/> is null.</summary>
    [MemberNotNullWhen(false, nameof(Element))]
    public bool IsRefused => Element is null;
}
