using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>A DIMM that was plugged beside NVDIMMs, in a guest that runs no instruction.</summary>
/// <param name="Request">What was plugged, and into what.</param>
/// <param name="Predicted">Where the devices were predicted.</param>
/// <param name="Seen">Where QEMU has placed the DIMM by itself; null where it refuses.</param>
/// <param name="Mismatches">What is not where it was predicted.</param>
public sealed record HotPlugResult(
    MemoryHotPlugRequest Request, MemoryHotPlugPlan Predicted, GuestMemoryDevice? Seen, ValueList<HotPlugMismatch> Mismatches);
