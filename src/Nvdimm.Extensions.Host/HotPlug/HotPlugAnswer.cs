using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>What QEMU did with NVDIMMs and plugged DIMMs.</summary>
/// <param name="Command">What reproduces it in a shell.</param>
/// <param name="Nvdimms">Its NVDIMMs, in the order of the command line.</param>
/// <param name="Dimms">Its DIMMs, in the order in which they were plugged; null for one that it refuses.</param>
/// <param name="Refusal">Its own words where it does not start, or for the first DIMM that it refuses.</param>
internal sealed record HotPlugAnswer(
    string Command, ValueList<PlacedMemoryDevice> Nvdimms, ValueList<PlacedMemoryDevice?> Dimms, string? Refusal);
