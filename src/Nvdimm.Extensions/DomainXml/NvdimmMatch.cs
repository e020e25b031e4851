using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>An NVDIMM of a domain and the host's device that it uses.</summary>
/// <param name="Element">The NVDIMM of the domain.</param>
/// <param name="Device">The device with its path.</param>
public sealed record NvdimmMatch(NvdimmElement Element, NvdimmDevice Device);
