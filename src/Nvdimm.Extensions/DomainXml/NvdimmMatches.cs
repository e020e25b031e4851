using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>The NVDIMMs of a domain and the host's devices that they use.</summary>
/// <param name="Pairs">The pairs, in the domain's order.</param>
/// <param name="Findings">The NVDIMMs without a device, or with several.</param>
public sealed record NvdimmMatches(ValueList<NvdimmMatch> Pairs, ValueList<Finding> Findings);

/// <summary>An NVDIMM of a domain and the host's device that it uses.</summary>
/// <param name="Element">The NVDIMM of the domain.</param>
/// <param name="Device">The device with its path.</param>
public sealed record NvdimmMatch(NvdimmElement Element, NvdimmDevice Device);
