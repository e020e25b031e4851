namespace Nvdimm.Extensions.Sizing;

/// <summary>A DIMM to plug into a running guest. The machine must be q35, virt or pseries, unless <see cref="Start"/> is given.</summary>
/// <param name="Architecture">The guest's architecture; it must be supported.</param>
/// <param name="Ram">The RAM that the guest booted with, without NVDIMMs and DIMMs (QEMU's <c>-m size=</c>); above zero.</param>
/// <param name="MaxMemory">
/// The domain's <c>&lt;maxMemory&gt;</c>, NVDIMMs included; not below <paramref name="Ram"/>. It is rounded up to 1 MiB, on POWER to 256
/// MiB, as libvirt does.
/// </param>
/// <param name="DimmSize">The size of the DIMM, above zero.</param>
public sealed record MemoryHotPlugRequest(GuestArchitecture Architecture, ByteSize Ram, ByteSize MaxMemory, ByteSize DimmSize)
{
    /// <summary>Whether the guest's CPU hides the hypervisor (<see cref="GuestMemoryBlock"/>). Default: no.</summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>
    /// Whether the guest's CPU is one of AMD's, whose guests keep HyperTransport's addresses below 1 TiB free: with much memory, everything above 4 GiB
    /// moves then. With KVM it is the host's CPU that counts. Null, the default, where that is not known; of no meaning on other architectures than x86.
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
