using Nvdimm.Extensions;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>What comes of plugging a DIMM.</summary>
/// <param name="DimmSize">Its size.</param>
/// <param name="Plan">Where it lands and should.</param>
internal sealed record HotPlug(ByteSize DimmSize, MemoryHotPlugPlan Plan);
