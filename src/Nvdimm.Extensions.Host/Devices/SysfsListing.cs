using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>The namespaces of a host.</summary>
/// <param name="Devices">The readable namespaces, by name.</param>
/// <param name="Unread">The unreadable ones, by name, which the kernel has all the same.</param>
public sealed record SysfsListing(ValueList<NvdimmDevice> Devices, ValueList<UnreadNamespace> Unread);
