using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// The rules and figures that depend on the guest's architecture: one row for x86, POWER and Arm. To add an architecture, write another row
/// (the compiler demands its members) and add it to <see cref="All"/>. Differences between versions of libvirt and QEMU are in
/// <see cref="HypervisorProfile"/>. Immutable; safe for use by several threads.
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

    /// <summary>All rows, in the order in which they are listed and verified.</summary>
    public static ValueList<GuestFamily> All { get; } = [X86, Power, Arm];

    /// <summary>The smallest page size of any host, and so the smallest alignment that QEMU accepts anywhere: 4 KiB.</summary>
    public static Alignment SmallestPage { get; } = All.SelectMany(family => family.Pages).MinBy(page => page.Bytes);

    /// <summary>The largest page size of any host that is not a huge page: 64 KiB.</summary>
    public static Alignment LargestPage { get; } = All.SelectMany(family => family.Pages).MaxBy(page => page.Bytes);

    /// <summary>The display name: <c>x86</c>, <c>POWER</c>, <c>Arm</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The architectures by libvirt's names, at least one. <c>nvdimm verify</c> uses the first one unless told otherwise.
    /// </summary>
    public abstract ValueList<GuestArchitecture> Architectures { get; }

    /// <summary>.NET's name for a host that runs guests of this family.</summary>
    public abstract Architecture HostArchitecture { get; }

    /// <summary>
    /// The smallest block in which a guest takes hot-plugged memory, at any RAM size. oVirt's formulas use it as their unit.
    /// </summary>
    public abstract Alignment HotPlugBlock { get; }

    /// <summary>
    /// Whether libvirt and oVirt round the size without the label area and then add the label: true on POWER. Elsewhere they round the
    /// whole size, label included.
    /// </summary>
    public abstract bool LabelIsOnTop { get; }

    /// <summary>Whether libvirt or QEMU refuses an NVDIMM without a label area.</summary>
    public abstract bool NeedsLabel { get; }

    /// <summary>Whether an NVDIMM has a UUID, which the guest uses to recognise its labels. If false, libvirt refuses a UUID.</summary>
    public abstract bool HasUuid { get; }

    /// <summary>
    /// Whether an NVDIMM needs a NUMA cell in the domain. libvirt versions before <see cref="LibvirtProfile.MakesOwnCell"/> do not create
    /// one.
    /// </summary>
    public abstract bool NeedsCell { get; }

    /// <summary>How an NVDIMM fails in a guest without ACPI.</summary>
    public abstract AcpiNeed Acpi { get; }

    /// <summary>The page sizes with which kernels of its hosts are built, the smallest first.</summary>
    public abstract ValueList<Alignment> Pages { get; }

    /// <summary>The usual file name of the QEMU program for its guests.</summary>
    public abstract string QemuProgram { get; }

    /// <summary>The machine type with which <c>nvdimm verify</c> checks NVDIMMs.</summary>
    public abstract string Machine { get; }

    /// <summary>The CPU model with which the machine is checked; null for the machine's default.</summary>
    public abstract string? Cpu { get; }

    /// <summary>Whether the machine needs some firmware to accept an NVDIMM.</summary>
    public abstract bool NeedsFirmware { get; }

    /// <summary>Whether QEMU's start time grows with the size of the NVDIMM: seconds to minutes from about 100 GiB.</summary>
    public abstract bool IsSlowWithLargeNvdimms { get; }

    /// <summary>The bytes that QEMU adds to the range for memory devices for each slot.</summary>
    internal abstract long RoomForSlot { get; }

    /// <summary>The size of a DIMM must be a multiple of this number of bytes; 1 allows any size.</summary>
    internal abstract long DimmBlock { get; }

    /// <summary>Whether the memory devices of this machine type begin where those of the family's <see cref="Machine"/> do.</summary>
    public abstract bool HasUsualStart(string machine);

    /// <summary>The row of an architecture; null if the architecture is not supported.</summary>
    public static GuestFamily? Of(GuestArchitecture architecture)
    {
        foreach (var family in All)
        {
            foreach (var member in family.Architectures)
            {
                if (member == architecture)
                {
                    return family;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The row whose rules libvirt applies to a domain of any architecture: the architecture's own row, otherwise that of x86. libvirt has
    /// one rule for every architecture but ppc64 (libvirt v9.0.0 <c>src/qemu/qemu_domain.c</c>, <c>qemuDomainMemoryDeviceAlignSize</c>).
    /// </summary>
    internal static GuestFamily ForLibvirt(GuestArchitecture? architecture) => (architecture is { } named ? Of(named) : null) ?? X86;

    /// <summary>
    /// The block in which a guest with this much RAM takes hot-plugged memory (<see cref="GuestMemoryBlock"/>).
    /// </summary>
    internal abstract Alignment MemoryBlock(ByteSize ram, bool hidesHypervisor);

    /// <summary>The address at which the memory devices of <see cref="Machine"/> begin with this much RAM, in bytes.</summary>
    internal abstract long DevicesStart(long ram);

    /// <summary>
    /// The same address for a machine type as libvirt names it, such as <c>pc-q35-7.2</c>; null for an unknown machine type.
    /// </summary>
    internal virtual long? DevicesStart(long ram, string machine) => HasUsualStart(machine) ? DevicesStart(ram) : null;

    /// <summary>
    /// Whether the start of the memory devices is certain if they end at this address. QEMU moves them for AMD processors if they reach too
    /// high.
    /// </summary>
    /// <param name="end">The end of the memory devices, in bytes, including what alignment may cost.</param>
    /// <param name="hasAmdCpu">Whether the guest's CPU is AMD's; null if that is not known.</param>
    internal virtual bool IsStartCertain(long end, bool? hasAmdCpu) => true;

    /// <summary>
    /// The highest address that QEMU needs for a guest, which must fit the address bits of its CPU. Null if QEMU has no such limit, or the
    /// machine type is unknown.
    /// </summary>
    internal virtual Int128? HighestAddress(GuestRoom room, string machine) => null;

    /// <summary>
    /// Whether every QEMU that has this machine type compares <see cref="HighestAddress"/> with the address bits of the CPU. True only for
    /// QEMU's own versioned types that are new enough; false for a distribution's types and for null.
    /// </summary>
    internal virtual bool ChecksAddressBits(string? machine) => false;

    /// <summary>Returns the display name.</summary>
    public sealed override string ToString() => Name;

    /// <summary>Rounds up to whole GiB, as every machine does after the end of its RAM.</summary>
    private protected static long UpToGiB(long value) => GuestAddressArithmetic.RoundUp(value, 1L << 30);
}
