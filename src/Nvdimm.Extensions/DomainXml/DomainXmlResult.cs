using System.Diagnostics.CodeAnalysis;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>An edited domain XML, or the reasons for a refusal.</summary>
/// <param name="Xml">The whole text; null if the edit is refused.</param>
/// <param name="Findings">Every reason for a refusal; with a text only warnings.</param>
public sealed record DomainXmlResult(string? Xml, ValueList<Finding> Findings)
{
    /// <summary>Whether the edit is refused. Then <see cref="Xml"/> is null.</summary>
    [MemberNotNullWhen(false, nameof(Xml))]
    public bool IsRefused => Xml is null;
}
