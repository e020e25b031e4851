namespace Nvdimm.Extensions.Sizing;

/// <summary>Where QEMU places a DIMM, and where it should be placed.</summary>
/// <param name="MemoryBlock">The block in which the guest takes hot-plugged memory.</param>
/// <param name="Nvdimms">
/// The places of the NVDIMMs, in the order of the request. The first one without room, and all after it, are missing.
/// </param>
public sealed record MemoryHotPlugPlan(Alignment MemoryBlock, ValueList<GuestMemoryDevice> Nvdimms)
{
    /// <summary>The DIMM as QEMU places it by itself; null if QEMU refuses it.</summary>
    public GuestMemoryDevice? Automatic { get; init; }

    /// <summary>
    /// The DIMM at the lowest free address at which the guest can take it online. Give it to libvirt as
    /// <c>&lt;address type='dimm' slot='…' base='0x…'/&gt;</c>. libvirt 9.0.0 accepts no base without a slot (measured: "Missing required
    /// attribute 'slot' in element 'address'"). Null if there is no such address.
    /// </summary>
    public GuestMemoryDevice? Advised { get; init; }

    /// <summary>
    /// The problems: <c>NVDIMM_DIMM_SIZE</c>, <c>NVDIMM_DIMM_NO_ROOM</c> and <c>NVDIMM_DIMM_ADDRESS_UNKNOWN</c> are errors;
    /// <c>NVDIMM_DIMM_MISALIGNED</c> is a warning, since the advised address avoids it.
    /// </summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>The codes of <see cref="Findings"/>.</summary>
    public ValueList<string> Codes => Findings.Select(finding => finding.Code).ToValueList();

    /// <summary>Whether QEMU's place for the DIMM can be predicted; false with <c>NVDIMM_DIMM_ADDRESS_UNKNOWN</c>.</summary>
    public bool IsKnown => !Codes.Contains(NvdimmCodes.DimmAddressUnknown, StringComparer.Ordinal);

    /// <summary>Whether the guest can take the DIMM online where QEMU places it by itself.</summary>
    public bool ComesOnline => Automatic is { } dimm && dimm.Address.IsAlignedTo(MemoryBlock) && dimm.Size.IsAlignedTo(MemoryBlock);
}
