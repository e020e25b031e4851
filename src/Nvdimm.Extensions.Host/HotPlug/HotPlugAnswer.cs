using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>QEMU's answer about NVDIMMs and plugged DIMMs.</summary>
/// <param name="Command">A shell command that reproduces it.</param>
/// <param name="Nvdimms">The NVDIMMs, in the order of the command line.</param>
/// <param name="Dimms">The DIMMs, in the order in which they were plugged; null for a refused one.</param>
/// <param name="Refusal">QEMU's own words if it does not start, or for the first DIMM that it refuses.</param>
internal sealed record HotPlugAnswer(
    string Command, ValueList<PlacedMemoryDevice> Nvdimms, ValueList<PlacedMemoryDevice?> Dimms, string? Refusal);
