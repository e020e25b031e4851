using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>A memory device of a guest: where it is, and on which of the guest's NUMA nodes.</summary>
/// <param name="Place">Address, size and slot.</param>
/// <param name="Node">The guest's NUMA node.</param>
public readonly record struct PlacedMemoryDevice(GuestMemoryDevice Place, int Node);
