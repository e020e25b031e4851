namespace Nvdimm.Extensions.DomainXml;

/// <summary>Which device of the host is behind which NVDIMM of a domain.</summary>
/// <param name="Pairs">The pairs, in the domain's order.</param>
/// <param name="Findings">The NVDIMMs without device, or with several.</param>
public sealed record NvdimmMatches(ValueList<NvdimmMatch> Pairs, ValueList<Finding> Findings);
