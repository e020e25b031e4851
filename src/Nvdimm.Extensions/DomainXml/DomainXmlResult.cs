using System.Diagnostics.CodeAnalysis;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>An edited domain XML, or why there is none.</summary>
/// <param name="Xml">The whole text; null where the edit is refused.</param>
/// <param name="Findings">Every reason of a refusal; with a text only warnings.</param>
public sealed record DomainXmlResult(string? Xml, ValueList<Finding> Findings)
{
    /// <summary>Whether there is no text.</summary>
    [MemberNotNullWhen(false, nameof(Xml))]
    public bool IsRefused => Xml is null;
}
