using Nvdimm.Extensions;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>The effect of plugging a DIMM.</summary>
/// <param name="DimmSize">The size of the DIMM.</param>
/// <param name="Plan">Where QEMU places the DIMM, and where it should be.</param>
internal sealed record HotPlug(ByteSize DimmSize, MemoryHotPlugPlan Plan);
