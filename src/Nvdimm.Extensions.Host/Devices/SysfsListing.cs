using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>The namespaces of a host, as far as they could be read.</summary>
/// <param name="Devices">Those that could, by name.</param>
/// <param name="Unread">Those that could not, by name; the kernel has them all the same.</param>
public sealed record SysfsListing(ValueList<NvdimmDevice> Devices, ValueList<UnreadNamespace> Unread);
