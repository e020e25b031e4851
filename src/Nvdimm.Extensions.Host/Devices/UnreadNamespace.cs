namespace Nvdimm.Extensions.Host.Devices;

/// <summary>A namespace that the kernel has, of which an attribute could not be read or says what no kernel says.</summary>
/// <param name="Name">Its kernel name.</param>
/// <param name="Reason">Which attribute, and what is wrong with it.</param>
public sealed record UnreadNamespace(string Name, string Reason);
