namespace Nvdimm.Extensions.Sizing;

/// <summary>Where plugged memory comes to be in a guest's addresses, and where a guest can bring it online.</summary>
public static class MemoryPlacement
{
    /// <summary>
    /// The address that QEMU chooses: the first gap that is large enough, from the lowest memory device up
    /// (QEMU v7.2.0 <c>hw/mem/memory-device.c</c>, <c>memory_device_get_free_addr</c>).
    /// </summary>
    /// <param name="taken">The memory devices that are there, each with its address and what it takes of the guest's addresses.</param>
    /// <param name="size">What is plugged.</param>
    /// <param name="align">
    /// The alignment of its backing: 2 MiB for ordinary memory on x86 (QEMU v7.2.0 <c>include/qemu/osdep.h</c>, QEMU_VMALLOC_ALIGN), the page
    /// for huge pages above that, 256 MiB on POWER.
    /// </param>
    /// <returns>The address; null where there is no memory device yet, so that the region's start is not known.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="taken"/> is null.</exception>
    /// <exception cref="OverflowException">The addresses end above 2^63 - 1.</exception>
    public static ByteSize? Chosen(IReadOnlyCollection<(ByteSize Address, ByteSize Size)> taken, ByteSize size, Alignment align)
    {
        ArgumentNullException.ThrowIfNull(taken);
        return taken.Count == 0
            ? null
            : ByteSize.FromBytes(GuestAddressArithmetic.FirstGap(
                taken.Min(range => range.Address.Bytes), taken.Select(range => (range.Address.Bytes, (range.Address + range.Size).Bytes)), size.Bytes, align.Bytes));
    }

    /// <summary>The first address behind all memory devices at which a guest can bring memory online: a multiple of its memory block.</summary>
    /// <param name="taken">The memory devices that are there.</param>
    /// <param name="block">The guest's memory block (<see cref="GuestMemoryBlock"/>).</param>
    /// <exception cref="ArgumentNullException"><paramref name="taken"/> is null.</exception>
    /// <exception cref="OverflowException">The addresses end above 2^63 - 1.</exception>
    public static ByteSize? Behind(IReadOnlyCollection<(ByteSize Address, ByteSize Size)> taken, Alignment block)
    {
        ArgumentNullException.ThrowIfNull(taken);
        return taken.Count == 0 ? null : taken.Max(range => range.Address + range.Size).AlignUp(block);
    }
}
