namespace Nvdimm.Extensions.Sizing;

/// <summary>A DIMM that is to be plugged into a running guest. The machine is q35 or pseries, or its <see cref="Start"/> is known.</summary>
/// <param name="Architecture">The guest's architecture, a supported one.</param>
/// <param name="Ram">The RAM that the guest has booted with, without NVDIMMs and DIMMs: QEMU's <c>-m size=</c>; above zero.</param>
/// <param name="MaxMemory">The domain's <c>&lt;maxMemory&gt;</c>, NVDIMMs included; not below <paramref name="Ram"/>. Rounded up to 1 MiB, on POWER to 256 MiB, as libvirt does.</param>
/// <param name="DimmSize">The size of the DIMM, above zero.</param>
public sealed record MemoryHotPlugRequest(GuestArchitecture Architecture, ByteSize Ram, ByteSize MaxMemory, ByteSize DimmSize)
{
    /// <summary>Whether the guest's CPU hides that it is virtual (<see cref="GuestMemoryBlock"/>). Default: no.</summary>
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
    /// Memory devices whose place is known: DIMMs that were plugged before, or, without <see cref="Nvdimms"/>, all that the XML of the running
    /// domain shows. Default: none.
    /// </summary>
    public ValueList<GuestMemoryDevice> Present { get; init; } = [];

    /// <summary>
    /// The machine type as libvirt names it in a running domain, such as <c>pc-q35-7.2</c>. It tells where the memory devices begin, also where
    /// none of them is there. Default: null, where <see cref="Start"/> tells that.
    /// </summary>
    public string? Machine { get; init; }

    /// <summary>
    /// The address at which the guest's memory devices begin, from 0 to 2^52, where <see cref="Machine"/> does not tell it for certain, or a
    /// device is below: the lowest one in the XML of a running domain. Default: null, where q35, virt and pseries put it for this much RAM.
    /// </summary>
    public ByteSize? Start { get; init; }

    /// <summary>
    /// What QEMU aligns the DIMM to: 2 MiB, the default, for ordinary memory (<c>memory-backend-ram</c>); the page size, such as 4 KiB or 1 GiB,
    /// where its memory is a file, a memfd or huge pages.
    /// </summary>
    public Alignment DimmAlign { get; init; } = HypervisorProfile.Newest.Qemu.RamAlign;
}
