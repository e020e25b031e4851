namespace Nvdimm.Extensions.DomainXml;

/// <summary>The NVDIMMs of a domain and the host's devices that they use.</summary>
/// <param name="Pairs">The pairs, in the domain's order.</param>
/// <param name="Findings">The NVDIMMs without a device, or with several.</param>
public sealed record NvdimmMatches(ValueList<NvdimmMatch> Pairs, ValueList<Finding> Findings);
