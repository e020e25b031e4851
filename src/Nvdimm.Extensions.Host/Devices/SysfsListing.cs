using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>The namespaces of a host.</summary>
/// <param name="Devices">The readable namespaces, by name.</param>
/// <param name="Unread">The unreadable ones, by name, which the kernel has all the same.</param>
public sealed record SysfsListing(ValueList<NvdimmDevice> Devices, ValueList<UnreadNamespace> Unread);

/// <summary>A namespace of the kernel with an attribute that cannot be read or has a value that no kernel writes.</summary>
/// <param name="Name">The kernel name.</param>
/// <param name="Reason">The attribute, and what is wrong with it.</param>
public sealed record UnreadNamespace(string Name, string Reason);
