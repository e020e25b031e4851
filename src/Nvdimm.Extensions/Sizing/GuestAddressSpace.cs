namespace Nvdimm.Extensions.Sizing;

/// <summary>The part of a guest's address space that memory devices are in, and how QEMU finds a place in it.</summary>
internal sealed class GuestAddressSpace
{
    private readonly MemoryHotPlugRequest request;
    private readonly GuestFamily family;
    private readonly long maxMemory;
    private readonly List<GuestMemoryDevice> devices;
    private readonly long start;
    private readonly long end;

    public GuestAddressSpace(MemoryHotPlugRequest request)
    {
        this.request = request;
        family = request.Architecture.Supported;
        var block = LibvirtArithmetic.MaxMemoryBlock(family, HypervisorProfile.Newest.Libvirt);
        maxMemory = GuestAddressArithmetic.RoundUp(request.MaxMemory.Bytes, block.Bytes);
        var length = maxMemory - request.Ram.Bytes + (request.Slots * family.RoomForSlot);
        start = OfMachine(length) ?? request.Start?.Bytes ?? family.DevicesStart(request.Ram.Bytes);
        end = start + length;
        devices = [.. request.Present];
    }

    /// <summary>Where the machine has its memory devices; null where that is not known for certain, or contradicts what is there.</summary>
    private long? OfMachine(long length) =>
        request.Machine is { } machine
        && family.DevicesStart(request.Ram.Bytes, machine) is { } known
        && family.IsStartCertain(known + length, request.HasAmdCpu)
        && request.Present.All(device => device.Address.Bytes >= known)
            ? known
            : null;

    public ByteSize End => ByteSize.FromBytes(end);

    public bool IsCertain => request.Start is not null || family.IsStartCertain(end, request.HasAmdCpu);

    private long Left => maxMemory - request.Ram.Bytes - devices.Sum(device => device.Size.Bytes);

    /// <summary>Places a device and keeps it; null where QEMU refuses it.</summary>
    public GuestMemoryDevice? Add(ByteSize size, Alignment align)
    {
        var found = Find(size, align);
        devices.AddRange(found is { } device ? [device] : []);
        return found;
    }

    /// <summary>Where QEMU would place a DIMM.</summary>
    public GuestMemoryDevice? FindDimm(ByteSize size, Alignment align) =>
        size.IsAlignedTo(request.DimmAlign) && size.Bytes % family.DimmBlock == 0 ? Find(size, align) : null;

    /// <summary>Why there is no room.</summary>
    public string WhyNoRoom(ByteSize size) =>
        Slot is null ? $"all {request.Slots} memory slots are taken"
        : size.Bytes > Left ? $"{Math.Max(Left, 0)} bytes are left of the maximum memory"
        : "no free range of addresses is large enough once it is aligned";

    // QEMU v7.2.0 hw/mem/pc-dimm.c, pc_dimm_get_free_slot: the lowest that is free.
    private int? Slot => Enumerable.Range(0, request.Slots).Except(devices.Select(device => device.Slot)).Select(slot => (int?)slot).FirstOrDefault();

    // QEMU v7.2.0 hw/mem/memory-device.c, memory_device_check_addable: the sizes together within what is between RAM and maximum memory.
    private GuestMemoryDevice? Find(ByteSize size, Alignment align)
    {
        if (Slot is not { } slot || size.Bytes > Left)
        {
            return null;
        }

        var address = GuestAddressArithmetic.FirstGap(start, devices.Select(device => (device.Address.Bytes, device.End.Bytes)), size.Bytes, align.Bytes);
        return size.Bytes <= end - address ? new GuestMemoryDevice(ByteSize.FromBytes(address), size, slot) : null;
    }
}
