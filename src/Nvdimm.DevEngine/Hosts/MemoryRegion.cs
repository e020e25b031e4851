using Nvdimm.Extensions;

namespace Nvdimm.DevEngine.Hosts;

/// <summary>A region of a host's persistent memory: what its namespaces are cut from.</summary>
/// <param name="Name">The kernel name, such as <c>region0</c>; <c>files</c> for files that stand for devices.</param>
/// <param name="Size">Its size in bytes. If the host does not say it, the sum of its devices.</param>
/// <param name="Available">How much of it is in no namespace, in bytes.</param>
/// <param name="Devices">The names of its devices, in their order.</param>
internal sealed record MemoryRegion(string Name, ByteSize Size, ByteSize Available, ValueList<string> Devices);
