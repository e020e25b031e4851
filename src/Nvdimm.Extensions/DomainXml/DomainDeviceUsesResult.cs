namespace Nvdimm.Extensions.DomainXml;

/// <summary>The host files that a domain uses.</summary>
/// <param name="Uses">Every use, in the domain's order; empty if the text cannot be read.</param>
/// <param name="Findings">
/// The reasons why the text cannot be read; or an error <see cref="NvdimmCodes.XmlHidden"/> for each argument or override that can add or
/// change an NVDIMM without naming it.
/// </param>
public sealed record DomainDeviceUsesResult(ValueList<DomainDeviceUse> Uses, ValueList<Finding> Findings);
