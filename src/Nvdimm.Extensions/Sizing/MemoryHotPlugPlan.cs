namespace Nvdimm.Extensions.Sizing;

/// <summary>Where a DIMM would land, and where it should.</summary>
/// <param name="MemoryBlock">The block in which the guest takes hot-plugged memory.</param>
/// <param name="Nvdimms">Where the NVDIMMs are, in the order of the request; those that have no room, and all behind them, are missing.</param>
public sealed record MemoryHotPlugPlan(Alignment MemoryBlock, ValueList<GuestMemoryDevice> Nvdimms)
{
    /// <summary>The DIMM as QEMU places it by itself; null where QEMU refuses it.</summary>
    public GuestMemoryDevice? Automatic { get; init; }

    /// <summary>
    /// The DIMM at the lowest free address at which it comes online: what to give libvirt as
    /// <c>&lt;address type='dimm' slot='…' base='0x…'/&gt;</c>. libvirt 9.0.0 takes no base without a slot (measured: "Missing required
    /// attribute 'slot' in element 'address'"). Null where there is none.
    /// </summary>
    public GuestMemoryDevice? Advised { get; init; }

    /// <summary>
    /// What speaks against it: <c>NVDIMM_DIMM_SIZE</c>, <c>NVDIMM_DIMM_NO_ROOM</c> and <c>NVDIMM_DIMM_ADDRESS_UNKNOWN</c> are errors,
    /// <c>NVDIMM_DIMM_MISALIGNED</c> a warning, since the advised address helps.
    /// </summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>The codes of <see cref="Findings"/>.</summary>
    public ValueList<string> Codes => Findings.Select(finding => finding.Code).ToValueList();

    /// <summary>Whether it can be told where the DIMM lands; false with <c>NVDIMM_DIMM_ADDRESS_UNKNOWN</c>.</summary>
    public bool IsKnown => !Codes.Contains(NvdimmCodes.DimmAddressUnknown, StringComparer.Ordinal);

    /// <summary>Whether the DIMM comes online in the guest where QEMU places it by itself.</summary>
    public bool ComesOnline => Automatic is { } dimm && dimm.Address.IsAlignedTo(MemoryBlock) && dimm.Size.IsAlignedTo(MemoryBlock);
}
