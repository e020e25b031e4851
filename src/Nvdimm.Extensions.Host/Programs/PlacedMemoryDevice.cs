using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>A memory device of a guest, with its place and its guest NUMA node.</summary>
/// <param name="Place">The address, size and slot.</param>
/// <param name="Node">The guest's NUMA node.</param>
public readonly record struct PlacedMemoryDevice(GuestMemoryDevice Place, int Node);
