namespace Nvdimm.Hook.Tests;

/// <summary>
/// What the engine, libvirt and QEMU make of a reported device, written down once more from their sources and not with the code under test
/// (oVirt Engine 4.5 <c>VmInfoBuildUtils.getNvdimmAlignedSize</c>; libvirt 9.0.0 <c>qemu_domain.c</c>; QEMU 7.2 <c>hw/mem/nvdimm.c</c>). x86.
/// </summary>
internal static class EngineFormula
{
    private const long Block = 128L << 20;
    private const long Label = 128 << 10;

    /// <summary>The engine's size; null where it logs "Invalid alignment" and leaves the device out.</summary>
    public static long? Size(long reportedSize, long? reportedAlign)
    {
        var align = reportedAlign ?? Block;
        var size = reportedSize / Block * Block;
        var seen = (size - Label) / align * align;
        return Block % align == 0 ? size - (seen % Block) : align % Block == 0 ? size : null;
    }

    /// <summary>The guest's size on a real device; null where libvirt or QEMU refuses.</summary>
    public static long? GuestSize(long target, long align, long deviceSize)
    {
        var backend = (target + (2 << 20) - 1) / (2 << 20) * (2 << 20);
        var guest = (backend - Label) / align * align;
        return target > Label && backend <= deviceSize && guest > 0 ? guest : null;
    }
}
