namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>What of a memory hot plug was compared.</summary>
public enum HotPlugStep
{
    /// <summary>An NVDIMM that the guest starts with: its address, size, slot and NUMA node.</summary>
    Nvdimm,

    /// <summary>A DIMM that QEMU places by itself.</summary>
    Automatic,

    /// <summary>A DIMM at the advised address.</summary>
    Advised,

    /// <summary>A second DIMM, which QEMU places by itself, beside one at the advised address.</summary>
    AfterAdvised,
}
