namespace Nvdimm.Extensions.Host.Devices;

/// <summary>A namespace of the kernel with an attribute that cannot be read or has a value that no kernel writes.</summary>
/// <param name="Name">The kernel name.</param>
/// <param name="Reason">The attribute, and what is wrong with it.</param>
public sealed record UnreadNamespace(string Name, string Reason);
