namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>The compared part of a memory hot plug.</summary>
public enum HotPlugStep
{
    /// <summary>An NVDIMM of the started guest: its address, size, slot and NUMA node.</summary>
    Nvdimm,

    /// <summary>A DIMM that QEMU places.</summary>
    Automatic,

    /// <summary>A DIMM at the advised address.</summary>
    Advised,

    /// <summary>A second DIMM that QEMU places beside one at the advised address.</summary>
    AfterAdvised,
}
