namespace Nvdimm.Extensions.Sizing;

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
