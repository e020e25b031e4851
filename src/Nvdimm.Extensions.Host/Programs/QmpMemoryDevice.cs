namespace Nvdimm.Extensions.Host.Programs;

/// <summary>A memory device as QEMU tells of it.</summary>
/// <param name="Id">Its id, empty where it has none.</param>
/// <param name="IsNvdimm">Whether it is an NVDIMM, and not a DIMM.</param>
/// <param name="Place">Where it is.</param>
internal sealed record QmpMemoryDevice(string Id, bool IsNvdimm, PlacedMemoryDevice Place);
