using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Sizing;

/// <summary>The rules and figures of 64-bit x86.</summary>
internal sealed class X86Family : GuestFamily
{
    private const long GiB = 1L << 30;

    // QEMU v7.2.0 hw/i386/pc_q35.c, pc_q35_init: from 2.75 GiB of RAM on, 2 GiB are below the 4 GiB address and the rest is above. Proved
    // by verify: hot plug.
    private const long LargestWhollyBelow = 0xB0000000;
    private const long KeptBelow = 2 * GiB;

    // QEMU v7.2.0 hw/i386/pc_piix.c, pc_init1: from 3.5 GiB of RAM on, 3 GiB are below the 4 GiB address and the rest is above.
    private const long LargestWhollyBelowOfI440Fx = 0xE0000000;
    private const long KeptBelowOfI440Fx = 3 * GiB;

    // QEMU v7.2.0 hw/i386/pc.c: AMD_HT_START, the first address that AMD reserves for HyperTransport; DEFAULT_PCI_HOLE64_SIZE of q35.
    private const long HyperTransport = 0xFD00000000;
    private const long PciHole = 32 * GiB;

    // QEMU v7.2.0 hw/pci-host/i440fx.c: I440FX_PCI_HOST_HOLE64_SIZE_DEFAULT. Measured with QEMU 7.2.
    private const long PciHoleOfI440Fx = 2 * GiB;

    // QEMU v7.2.0 hw/i386/pc.c: AMD_ABOVE_1TB_START, to which QEMU moves memory above 4 GiB that would reach HyperTransport's addresses.
    private const long BehindHyperTransport = 1L << 40;

    // QEMU v7.2.0 hw/i386/pc.c: enforce_amd_1tb_hole is off in machine types up to 7.0. Measured with pc-q35-6.2.
    private static readonly Version NewestWithoutMove = new(7, 0);

    /// <summary>
    /// The address bits of every CPU model that states no other number (QEMU v7.2.0 <c>target/i386/cpu.h</c>, TCG_PHYS_ADDR_BITS).
    /// </summary>
    internal const int UsualAddressBits = 40;

    // QEMU v7.2.0 target/i386/cpu.c, builtin_x86_defs: the models whose vendor is AuthenticAMD, by the prefixes of their names.
    private static readonly string[] AmdModels = ["EPYC", "Opteron_G", "phenom", "athlon", "qemu64", "qemu32"];

    // Linux v6.1 arch/x86/mm/init_64.c, probe_memory_block_size: MEM_SIZE_FOR_LARGE_BLOCK and MAX_BLOCK_SIZE.
    private const long LargeBlockFrom = 64 * GiB;
    private const long LargestBlock = 2 * GiB;

    public override string Name => "x86";

    public override ValueList<GuestArchitecture> Architectures { get; } = [GuestArchitecture.X86_64];

    public override Architecture HostArchitecture => Architecture.X64;

    // oVirt Engine 4.5 ArchitectureType.java, HOTPLUG_MEMORY_FACTOR_X86_MB. Proved by verify: sizes.
    public override Alignment HotPlugBlock { get; } = Alignment.FromMiB(128);

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainMemoryDeviceAlignSize. Proved by verify: sizes.
    public override bool LabelIsOnTop => false;

    // QEMU v7.2.0 hw/mem/nvdimm.c, nvdimm_prepare_memory_region: without a label the guest gets the whole backend.
    public override bool NeedsLabel => false;

    // libvirt v9.0.0 src/conf/domain_validate.c, virDomainMemoryDefValidate: "UUID is not supported for NVDIMM device".
    public override bool HasUuid => false;

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainDefValidateMemoryHotplug: every architecture but ARCH_IS_PPC64 needs a cell.
    public override bool NeedsCell => true;

    // QEMU v7.2.0 hw/i386/pc.c, pc_memory_pre_plug: "memory hotplug is not enabled: missing acpi device or acpi disabled".
    public override AcpiNeed Acpi => AcpiNeed.Refused;

    public override ValueList<Alignment> Pages { get; } = [Alignment.FromKiB(4)];

    public override string QemuProgram => "qemu-system-x86_64";

    public override string Machine => "q35";

    public override string? Cpu => null;

    public override bool NeedsFirmware => false;

    public override bool IsSlowWithLargeNvdimms => false;

    // QEMU v7.2.0 hw/i386/pc.c, pc_get_device_memory_range: 1 GiB for each slot, to make room for alignment. Proved by verify: hot plug.
    internal override long RoomForSlot => GiB;

    internal override long DimmBlock => 1;

    // QEMU v7.2.0 hw/i386/pc.c, pc_get_device_memory_range: the devices begin at the end of RAM, rounded up to 1 GiB. Proved by verify: hot
    // plug.
    internal override long DevicesStart(long ram) => UpToGiB((4 * GiB) + (ram < LargestWhollyBelow ? 0 : ram - KeptBelow));

    public override bool HasUsualStart(string machine) => machine == "q35" || machine.StartsWith("pc-q35-", StringComparison.Ordinal);

    internal override long? DevicesStart(long ram, string machine) =>
        machine == "pc" || machine.StartsWith("pc-i440fx-", StringComparison.Ordinal)
            ? UpToGiB((4 * GiB) + (ram < LargestWhollyBelowOfI440Fx ? 0 : ram - KeptBelowOfI440Fx))
            : base.DevicesStart(ram, machine);

    // QEMU v7.2.0 hw/i386/pc.c, pc_max_used_gpa and pc_memory_init: if the 64-bit PCI hole after the memory devices reaches
    // HyperTransport's addresses, QEMU moves everything above 4 GiB to 1 TiB for AMD processors. Proved by verify: hot plug.
    internal override bool IsStartCertain(long end, bool? hasAmdCpu) =>
        hasAmdCpu == false || UpToGiB(end) + PciHole - 1 < HyperTransport;

    /// <summary>Whether a CPU model is AMD's. Null means QEMU's default model, which is.</summary>
    internal static bool IsAmd(string? model) =>
        Array.Exists(AmdModels, start => (model ?? "qemu64").StartsWith(start, StringComparison.Ordinal));

    // QEMU v7.2.0 hw/i386/pc.c, pc_max_used_gpa and pc_memory_init; each figure was compared with QEMU 7.2 (TCG) for q35, pc and older
    // types.
    internal override Int128? HighestAddress(GuestRoom room, string machine)
    {
        if (DevicesStart(room.Ram, machine) is not { } start)
        {
            return null;
        }

        var hole = HasUsualStart(machine) ? PciHole : PciHoleOfI440Fx;
        var end = (Int128)start + room.MaxMemory - room.Ram + ((Int128)room.Slots * GiB);
        var highest = ((end + GiB - 1) / GiB * GiB) + hole - 1;
        var moves = room.IsAmd && highest >= HyperTransport && !(VersionOf(machine) <= NewestWithoutMove);
        return moves ? highest + BehindHyperTransport - (4 * GiB) : highest;
    }

    /// <summary>The version of <c>pc-q35-7.2</c> or <c>pc-i440fx-7.2</c>; null for a type without a version or of a distribution.</summary>
    private static Version? VersionOf(string machine) =>
        machine.Split('-') is ["pc", "q35" or "i440fx", var number] && Version.TryParse(number, out var version) ? version : null;

    // QEMU 7.1 introduced the check; older versions of QEMU have no machine type above 7.0.
    internal override bool ChecksAddressBits(string? machine) => machine is not null && VersionOf(machine) > NewestWithoutMove;

    internal override Alignment MemoryBlock(ByteSize ram, bool hidesHypervisor)
    {
        if (ram.Bytes < LargeBlockFrom - KeptBelow)
        {
            return HotPlugBlock;
        }

        // The largest power of two that divides a number is its lowest bit; the hole below 4 GiB is a multiple of every block.
        var divisor = ram.Bytes & -ram.Bytes;
        return Alignment.Max(HotPlugBlock, Alignment.FromBytes(hidesHypervisor || ram.Bytes % LargestBlock == 0 ? LargestBlock : divisor));
    }
}
