using Nvdimm.Extensions;

namespace Nvdimm.DevEngine.Hosts;

/// <summary>A region of a host's persistent memory, from which its namespaces are allocated.</summary>
/// <param name="Name">The kernel name, such as <c>region0</c>; <c>files</c> for files that stand for devices.</param>
/// <param name="Size">The size in bytes; if the host does not report it, the sum of its devices.</param>
/// <param name="Available">The bytes that no namespace uses.</param>
/// <param name="Devices">The names of its devices, in their order.</param>
internal sealed record MemoryRegion(string Name, ByteSize Size, ByteSize Available, ValueList<string> Devices);
