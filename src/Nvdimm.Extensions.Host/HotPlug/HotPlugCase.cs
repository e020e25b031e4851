using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>A memory hot plug to probe.</summary>
/// <param name="Request">The guest and the DIMM.</param>
/// <param name="NodeCount">
/// The number of NUMA nodes of the guest. The NVDIMMs take turns on them, beginning with the last node, which also gets the DIMMs.
/// </param>
internal sealed record HotPlugCase(MemoryHotPlugRequest Request, int NodeCount)
{
    public int DimmNode => NodeCount - 1;

    public int NodeOf(int nvdimm) => NodeCount - 1 - (nvdimm % NodeCount);
}
