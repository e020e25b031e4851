using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>A virtio-pmem device of a domain, and the host's NVDIMM device behind its path.</summary>
/// <param name="Use">The use as the domain has it.</param>
/// <param name="Device">The device.</param>
public sealed record StartPmem(DomainDeviceUse Use, NvdimmDevice Device);
