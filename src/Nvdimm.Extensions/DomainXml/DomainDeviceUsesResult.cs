namespace Nvdimm.Extensions.DomainXml;

/// <summary>What a domain does with files of the host.</summary>
/// <param name="Uses">Every use, in the domain's order.</param>
/// <param name="Findings">
/// Why the text cannot be read, and then there is no use; or an error <see cref="NvdimmCodes.XmlHidden"/> for each argument or override that can add
/// or change an NVDIMM unseen.
/// </param>
public sealed record DomainDeviceUsesResult(ValueList<DomainDeviceUse> Uses, ValueList<Finding> Findings);
