namespace Nvdimm.Extensions.Sizing;

/// <summary>Where QEMU has room for memory devices in the address space of a guest.</summary>
internal static class GuestAddressArithmetic
{
    private const long GiB = 1L << 30;

    // QEMU v7.2.0 hw/i386/pc_q35.c, pc_q35_init: from 2.75 GiB of RAM on, 2 GiB are below 4 GiB and the rest is above.
    private const long LargestWhollyBelow = 0xB0000000;
    private const long KeptBelow = 2 * GiB;

    // QEMU v7.2.0 hw/i386/pc_piix.c, pc_init1: from 3.5 GiB of RAM on, 3 GiB are below 4 GiB and the rest is above.
    private const long LargestWhollyBelowOfI440Fx = 0xE0000000;
    private const long KeptBelowOfI440Fx = 3 * GiB;

    // QEMU v7.2.0 hw/i386/pc.c: AMD_HT_START, where the addresses that AMD's HyperTransport keeps begin; DEFAULT_PCI_HOLE64_SIZE of q35.
    private const long HyperTransport = 0xFD00000000;
    private const long PciHole = 32 * GiB;

    // QEMU v7.2.0 hw/i386/pc.c, pc_get_device_memory_range: behind RAM, rounded up to 1 GiB; hw/ppc/spapr.c, spapr_machine_init, the same
    // with SPAPR_DEVICE_MEM_ALIGN, and no hole.
    public static long Start(long ram, bool isPower)
    {
        var aboveHole = ram < LargestWhollyBelow ? 0 : ram - KeptBelow;
        return RoundUp(isPower ? ram : (4 * GiB) + aboveHole, GiB);
    }

    /// <summary>The same for a machine type as libvirt names it, such as <c>pc-q35-7.2</c> or <c>pc-i440fx-7.2</c>; null for one that is not known.</summary>
    public static long? Start(long ram, bool isPower, string machine) => (isPower, machine) switch
    {
        (true, _) => machine.StartsWith("pseries", StringComparison.Ordinal) ? Start(ram, isPower) : null,
        (_, "q35") => Start(ram, isPower),
        _ when machine.StartsWith("pc-q35-", StringComparison.Ordinal) => Start(ram, isPower),
        (_, "pc") => StartOfI440Fx(ram),
        _ when machine.StartsWith("pc-i440fx-", StringComparison.Ordinal) => StartOfI440Fx(ram),
        _ => null,
    };

    private static long StartOfI440Fx(long ram) => RoundUp((4 * GiB) + (ram < LargestWhollyBelowOfI440Fx ? 0 : ram - KeptBelowOfI440Fx), GiB);

    // QEMU v7.2.0 hw/i386/pc.c, pc_get_device_memory_range: 1 GiB more for each slot, for what alignment costs; pseries has none.
    public static long Length(long ram, long maxMemory, int slots, bool isPower) => maxMemory - ram + (isPower ? 0 : slots * GiB);

    // QEMU v7.2.0 hw/i386/pc.c, pc_max_used_gpa and pc_memory_init: where the 64-bit PCI hole behind the memory devices reaches into
    // HyperTransport's addresses, everything above 4 GiB moves to 1 TiB for AMD processors.
    public static bool IsCertain(long end, bool isPower) => isPower || RoundUp(end, GiB) + PciHole - 1 < HyperTransport;

    // QEMU v7.2.0 hw/mem/memory-device.c, memory_device_get_free_addr: the first gap between the devices, by address, that has room behind the
    // next aligned address; otherwise the first aligned address behind all of them.
    public static long FirstGap(long start, IEnumerable<(long Address, long End)> taken, long size, long align)
    {
        var address = RoundUp(start, align);
        foreach (var device in taken.OrderBy(device => device.Address))
        {
            if (device.Address >= address + size)
            {
                break;
            }

            if (device.End > address)
            {
                address = RoundUp(device.End, align);
            }
        }

        return address;
    }

    public static long RoundUp(long value, long step) => value % step == 0 ? value : ((value / step) + 1) * step;
}
