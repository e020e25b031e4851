namespace Nvdimm.Extensions.Sizing;

/// <summary>The sizes that QEMU computes from a backend, in bytes.</summary>
internal static class QemuArithmetic
{
    // QEMU v7.2.0 hw/mem/nvdimm.c, nvdimm_prepare_memory_region: the label is at the very end of the backend.
    public static long LabelOffset(long backendSize, long labelSize) => backendSize - labelSize;

    // QEMU v7.2.0 hw/mem/nvdimm.c, nvdimm_prepare_memory_region: the label is taken off first, the rest is aligned down;
    // nothing left is an error, which is 0 here.
    public static long GuestSize(long backendSize, long labelSize, long align) =>
        backendSize <= labelSize ? 0 : (backendSize - labelSize) / align * align;

    // QEMU v7.2.0 softmmu/physmem.c, qemu_ram_alloc_from_fd: HOST_PAGE_ALIGN rounds the size option up to whole host pages before the
    // comparison. The label stays where the size option puts it. Saturates at 2^63 - 1.
    public static long MappedSize(long backendSize, long pageSize)
    {
        var missing = backendSize % pageSize is var rest and not 0 ? pageSize - rest : 0;
        return backendSize > long.MaxValue - missing ? long.MaxValue : backendSize + missing;
    }

    // QEMU v7.2.0 softmmu/physmem.c, qemu_ram_alloc_from_fd: the mapped size must not exceed the size of the backing.
    public static bool Fits(long backendSize, long pageSize, long deviceSize) => MappedSize(backendSize, pageSize) <= deviceSize;

    // QEMU v7.2.0 softmmu/physmem.c, file_ram_alloc: the alignment is a multiple of the page size.
    public static bool IsPageAligned(long align, long pageSize) => align % pageSize == 0;

    // QEMU v7.2.0 softmmu/physmem.c, file_ram_alloc: mr->align = MAX(block->page_size, mr->align); mr->align is 0 if no alignment is given.
    public static Alignment DefaultAlign(Alignment pageSize) => pageSize;

    // Linux v6.1 drivers/dax/device.c, check_vma: a dax device is mapped in multiples of its own alignment.
    public static bool IsMappable(long backendSize, long daxAlign) => backendSize % daxAlign == 0;
}
