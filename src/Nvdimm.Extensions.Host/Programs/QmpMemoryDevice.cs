namespace Nvdimm.Extensions.Host.Programs;

/// <summary>A memory device in QEMU's answer.</summary>
/// <param name="Id">The id, empty if it has none.</param>
/// <param name="IsNvdimm">Whether it is an NVDIMM, and not a DIMM.</param>
/// <param name="Place">The place of the device.</param>
internal sealed record QmpMemoryDevice(string Id, bool IsNvdimm, PlacedMemoryDevice Place);
