using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>A memory hot plug to try.</summary>
/// <param name="Request">What is plugged into what.</param>
/// <param name="NodeCount">How many NUMA nodes the guest has; the NVDIMMs take turns on them, beginning with the last, which gets the DIMMs too.</param>
internal sealed record HotPlugCase(MemoryHotPlugRequest Request, int NodeCount)
{
    public int DimmNode => NodeCount - 1;

    public int NodeOf(int nvdimm) => NodeCount - 1 - (nvdimm % NodeCount);
}
