namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// The range of a guest's addresses for memory devices, and how QEMU places a device in it. Changes as devices are added; not safe for use
/// by several threads.
/// </summary>
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

    /// <summary>Where the machine's memory devices begin; null if that is not certain, or a device of the request lies below it.</summary>
    private long? OfMachine(long length) =>
        request.Machine is { } machine
        && family.DevicesStart(request.Ram.Bytes, machine) is { } machineStart
        && family.IsStartCertain(machineStart + length, request.HasAmdCpu)
        && request.Present.All(device => device.Address.Bytes >= machineStart)
            ? machineStart
            : null;

    public ByteSize End => ByteSize.FromBytes(end);

    public bool IsCertain => request.Start is not null || family.IsStartCertain(end, request.HasAmdCpu);

    private long Left => maxMemory - request.Ram.Bytes - devices.Sum(device => device.Size.Bytes);

    /// <summary>Places a device and remembers it; null if QEMU refuses it.</summary>
    public GuestMemoryDevice? Add(ByteSize size, Alignment align)
    {
        var placed = Find(size, align);
        devices.AddRange(placed is { } device ? [device] : []);
        return placed;
    }

    /// <summary>Where QEMU would place a DIMM; null if QEMU refuses it. The DIMM is not remembered.</summary>
    public GuestMemoryDevice? FindDimm(ByteSize size, Alignment align) =>
        size.IsAlignedTo(request.DimmAlign) && size.Bytes % family.DimmBlock == 0 ? Find(size, align) : null;

    /// <summary>Says in words why QEMU refuses a device of this size.</summary>
    public string WhyNoRoom(ByteSize size) =>
        Slot is null ? $"all {request.Slots} memory slots are taken"
        : size.Bytes > Left ? $"{Math.Max(Left, 0)} bytes are left of the maximum memory"
        : "no free range of addresses is large enough once it is aligned";

    // QEMU v7.2.0 hw/mem/pc-dimm.c, pc_dimm_get_free_slot: the lowest free slot.
    private int? Slot =>
        Enumerable.Range(0, request.Slots).Except(devices.Select(device => device.Slot)).Select(slot => (int?)slot).FirstOrDefault();

    // QEMU v7.2.0 hw/mem/memory-device.c, memory_device_check_addable: the sum of the sizes must not exceed the maximum memory less the
    // RAM.
    private GuestMemoryDevice? Find(ByteSize size, Alignment align)
    {
        if (Slot is not { } slot || size.Bytes > Left)
        {
            return null;
        }

        var taken = devices.Select(device => (device.Address.Bytes, device.End.Bytes));
        var address = GuestAddressArithmetic.FirstGap(start, taken, size.Bytes, align.Bytes);
        return size.Bytes <= end - address ? new GuestMemoryDevice(ByteSize.FromBytes(address), size, slot) : null;
    }
}

/// <summary>The figures from which the highest guest address follows.</summary>
/// <param name="Ram">The RAM that the guest boots with, in bytes.</param>
/// <param name="MaxMemory">The maximum memory, in bytes.</param>
/// <param name="Slots">The number of memory slots.</param>
/// <param name="IsAmd">Whether the guest's CPU model is one of AMD's.</param>
internal readonly record struct GuestRoom(long Ram, long MaxMemory, int Slots, bool IsAmd);

/// <summary>A memory device, such as an NVDIMM or a DIMM, in the address space of a guest.</summary>
/// <param name="Address">
/// The first guest address. libvirt shows and takes it, with the slot, as <c>&lt;address type='dimm' base='0x…'/&gt;</c>.
/// </param>
/// <param name="Size">The size in the address space, which is the guest size.</param>
/// <param name="Slot">The memory slot, from 0; -1 for a PCI device such as virtio-mem, which takes no slot.</param>
public readonly record struct GuestMemoryDevice(ByteSize Address, ByteSize Size, int Slot)
{
    /// <summary>The first address after the device.</summary>
    /// <exception cref="OverflowException">The end is above 2^63 - 1.</exception>
    public ByteSize End => Address + Size;
}
