namespace Nvdimm.Extensions.Sizing;

/// <summary>A DIMM to plug into a running guest. The machine must be q35, virt or pseries, unless <see cref="Start"/> is given.</summary>
public sealed record MemoryHotPlugRequest
{
    /// <summary>The guest's architecture; it must be supported.</summary>
    public required GuestArchitecture Architecture { get; init; }

    /// <summary>The RAM that the guest booted with, without NVDIMMs and DIMMs (QEMU's <c>-m size=</c>); above zero.</summary>
    public required ByteSize Ram { get; init; }

    /// <summary>
    /// The domain's <c>&lt;maxMemory&gt;</c>, NVDIMMs included; not below <see cref="Ram"/>. It is rounded up to 1 MiB, on POWER to 256
    /// MiB, as libvirt does.
    /// </summary>
    public required ByteSize MaxMemory { get; init; }

    /// <summary>The size of the DIMM, above zero.</summary>
    public required ByteSize DimmSize { get; init; }

    /// <summary>Whether the guest's CPU hides the hypervisor (<see cref="GuestMemoryBlock"/>). Default: no.</summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>
    /// Whether the guest's CPU is one of AMD's, whose guests keep HyperTransport's addresses below 1 TiB free: with much memory, everything
    /// above 4 GiB moves then. With KVM it is the host's CPU that counts. Null, the default, where that is not known; of no meaning on
    /// other architectures than x86.
    /// </summary>
    public bool? HasAmdCpu { get; init; }

    /// <summary>The memory slots of the domain, from 0 to 256. Default: 16.</summary>
    public int Slots { get; init; } = DomainMemory.Slots;

    /// <summary>The layouts of the NVDIMMs that the guest starts with, in the order of the domain. Default: none.</summary>
    public ValueList<NvdimmLayout> Nvdimms { get; init; } = [];

    /// <summary>
    /// Memory devices at known addresses: DIMMs that were plugged before or, if <see cref="Nvdimms"/> is empty, all memory devices in the
    /// XML of the running domain. Default: none.
    /// </summary>
    public ValueList<GuestMemoryDevice> Present { get; init; } = [];

    /// <summary>
    /// The machine type as libvirt names it in a running domain, such as <c>pc-q35-7.2</c>. It gives the start of the memory devices even
    /// if the guest has none. Default: null; then <see cref="Start"/> gives it.
    /// </summary>
    public string? Machine { get; init; }

    /// <summary>
    /// The address at which the guest's memory devices begin, from 0 to 2^52: the lowest one in the XML of a running domain. It is used if
    /// <see cref="Machine"/> does not give the start for certain, or a device lies below that start. Default: null, the start that q35,
    /// virt and pseries have with this much RAM.
    /// </summary>
    public ByteSize? Start { get; init; }

    /// <summary>
    /// The alignment of the DIMM in QEMU: 2 MiB, the default, for ordinary memory (<c>memory-backend-ram</c>); the page size, such as 4 KiB
    /// or 1 GiB, if its memory is a file, a memfd or huge pages.
    /// </summary>
    public Alignment DimmAlign { get; init; } = HypervisorProfile.Newest.Qemu.RamAlign;
}

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
    public bool IsKnown { get; internal init; } = true;

    /// <summary>Whether the guest can take the DIMM online where QEMU places it by itself.</summary>
    public bool ComesOnline => Automatic is { } dimm && dimm.Address.IsAlignedTo(MemoryBlock) && dimm.Size.IsAlignedTo(MemoryBlock);
}
