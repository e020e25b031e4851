using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// Everything that depends on the guest's architecture: one row for x86, POWER and Arm. Whoever adds an architecture writes one more row, whose
/// members the compiler demands, and adds it to <see cref="All"/>. What a version of libvirt or QEMU changes is in <see cref="HypervisorProfile"/>.
/// </summary>
public abstract class GuestFamily
{
    private protected GuestFamily()
    {
    }

    /// <summary>64-bit x86, machine q35.</summary>
    public static GuestFamily X86 { get; } = new X86Family();

    /// <summary>POWER of both byte orders, machine pseries.</summary>
    public static GuestFamily Power { get; } = new PowerFamily();

    /// <summary>64-bit Arm, machine virt.</summary>
    public static GuestFamily Arm { get; } = new ArmFamily();

    /// <summary>All rows, in the order in which they are shown and checked.</summary>
    public static ValueList<GuestFamily> All { get; } = [X86, Power, Arm];

    /// <summary>The smallest page of any host, in which QEMU maps memory: it takes no alignment below it. 4 KiB.</summary>
    public static Alignment SmallestPage { get; } = All.SelectMany(family => family.Pages).MinBy(page => page.Bytes);

    /// <summary>The largest page of any host that is no huge page: 64 KiB.</summary>
    public static Alignment LargestPage { get; } = All.SelectMany(family => family.Pages).MaxBy(page => page.Bytes);

    /// <summary>The name for people: <c>x86</c>, <c>POWER</c>, <c>Arm</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Its architectures by libvirt's names, at least one; the one that is checked where none is named comes first.</summary>
    public abstract ValueList<GuestArchitecture> Architectures { get; }

    /// <summary>What .NET calls a host whose guests are of this family.</summary>
    public abstract Architecture HostArchitecture { get; }

    /// <summary>The block in which a guest takes hot-plugged memory, whatever its RAM, and in which oVirt reckons.</summary>
    public abstract Alignment HotPlugBlock { get; }

    /// <summary>
    /// Whether the label area comes on top of what libvirt and oVirt round: POWER. Elsewhere both round the whole size, and the label is inside.
    /// </summary>
    public abstract bool LabelIsOnTop { get; }

    /// <summary>Whether an NVDIMM without label is refused.</summary>
    public abstract bool NeedsLabel { get; }

    /// <summary>Whether an NVDIMM has a uuid, of which its guest tells its labels. Elsewhere libvirt refuses one.</summary>
    public abstract bool HasUuid { get; }

    /// <summary>Whether libvirt wants a NUMA cell for an NVDIMM, before it made one by itself.</summary>
    public abstract bool NeedsCell { get; }

    /// <summary>What a guest without ACPI does with an NVDIMM.</summary>
    public abstract AcpiNeed Acpi { get; }

    /// <summary>The pages that kernels of its hosts are built with, the smallest first.</summary>
    public abstract ValueList<Alignment> Pages { get; }

    /// <summary>The usual name of QEMU for its guests.</summary>
    public abstract string QemuProgram { get; }

    /// <summary>The machine that NVDIMMs are checked with.</summary>
    public abstract string Machine { get; }

    /// <summary>The CPU model that the machine is checked with; null for its default.</summary>
    public abstract string? Cpu { get; }

    /// <summary>Whether the machine takes no NVDIMM without firmware, whatever that is.</summary>
    public abstract bool NeedsFirmware { get; }

    /// <summary>Whether QEMU takes longer the larger an NVDIMM is: seconds to minutes from some 100 GiB on.</summary>
    public abstract bool IsSlowWithLargeNvdimms { get; }

    /// <summary>What is added to the room for memory devices for each slot, in bytes.</summary>
    internal abstract long RoomForSlot { get; }

    /// <summary>What the size of a DIMM is a multiple of, in bytes; 1 for any size.</summary>
    internal abstract long DimmBlock { get; }

    /// <summary>Whether the domain's machine is one of this family whose memory devices begin where the family's machine has them.</summary>
    public abstract bool HasUsualStart(string machine);

    /// <summary>The row of an architecture; null for one that is not supported.</summary>
    public static GuestFamily? Of(GuestArchitecture architecture)
    {
        foreach (var family in All)
        {
            foreach (var own in family.Architectures)
            {
                if (own == architecture)
                {
                    return family;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The row by whose rules libvirt judges a domain of any architecture: its own, otherwise that of x86, as of every architecture but ppc64
    /// (libvirt v9.0.0 <c>src/qemu/qemu_domain.c</c>, <c>qemuDomainMemoryDeviceAlignSize</c>).
    /// </summary>
    internal static GuestFamily ForLibvirt(GuestArchitecture? architecture) => (architecture is { } named ? Of(named) : null) ?? X86;

    /// <summary>
    /// The block in which a guest with this much RAM takes hot-plugged memory (<see cref="GuestMemoryBlock"/>).
    /// </summary>
    internal abstract Alignment MemoryBlock(ByteSize ram, bool hidesHypervisor);

    /// <summary>Where the memory devices begin in the address space of <see cref="Machine"/> with this much RAM, in bytes.</summary>
    internal abstract long DevicesStart(long ram);

    /// <summary>The same for a machine as libvirt names it, such as <c>pc-q35-7.2</c>; null for one that is not known.</summary>
    internal virtual long? DevicesStart(long ram, string machine) => HasUsualStart(machine) ? DevicesStart(ram) : null;

    /// <summary>Whether nothing moves memory devices that end there, in bytes: AMD's processors do.</summary>
    /// <param name="end">Where they end, with what alignment may cost.</param>
    /// <param name="hasAmdCpu">Whether the guest's CPU is one of AMD's; null where that is not known.</param>
    internal virtual bool IsStartCertain(long end, bool? hasAmdCpu) => true;

    /// <summary>
    /// The highest address that QEMU needs for a guest, to be compared with the address bits of its CPU; null where QEMU has no such limit, or the
    /// machine is not known.
    /// </summary>
    internal virtual Int128? HighestAddress(GuestRoom room, string machine) => null;

    /// <summary>
    /// Whether only a QEMU that compares <see cref="HighestAddress"/> with the bits has a machine type: one of QEMU's own with a version, and no
    /// distribution's; false for none.
    /// </summary>
    internal virtual bool ChecksAddressBits(string? machine) => false;

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;

    /// <summary>Rounds up to whole GiB, as every machine does behind its RAM.</summary>
    private protected static long UpToGiB(long value) => GuestAddressArithmetic.RoundUp(value, 1L << 30);
}
