namespace Nvdimm.Extensions.Sizing;

/// <summary>Where QEMU places memory devices in a guest's address space. Addresses and sizes are in bytes.</summary>
internal static class GuestAddressArithmetic
{
    // QEMU v7.2.0 hw/mem/memory-device.c, memory_device_get_free_addr: QEMU takes the first gap between the devices, by address, that has
    // room after the next aligned address; otherwise the first aligned address after all of them.
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
