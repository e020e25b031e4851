using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>The result of plugging a DIMM beside NVDIMMs into a guest that runs no instruction.</summary>
/// <param name="Request">The guest and the DIMM.</param>
/// <param name="Predicted">The predicted places of the devices.</param>
/// <param name="Seen">The place that QEMU chose for the DIMM; null if it refuses.</param>
/// <param name="Mismatches">The devices whose places differ from the prediction.</param>
public sealed record HotPlugResult(
    MemoryHotPlugRequest Request, MemoryHotPlugPlan Predicted, GuestMemoryDevice? Seen, ValueList<HotPlugMismatch> Mismatches);
