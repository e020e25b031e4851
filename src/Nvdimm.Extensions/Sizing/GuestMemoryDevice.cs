namespace Nvdimm.Extensions.Sizing;

/// <summary>A memory device, such as an NVDIMM or a DIMM, in the address space of a guest.</summary>
/// <param name="Address">Where it starts: what libvirt shows and takes as <c>&lt;address type='dimm' base='0x…'/&gt;</c>, beside its slot.</param>
/// <param name="Size">How much of the address space it takes: the guest size.</param>
/// <param name="Slot">Its memory slot, from 0; -1 for a device on PCI, such as virtio-mem, which takes none.</param>
public readonly record struct GuestMemoryDevice(ByteSize Address, ByteSize Size, int Slot)
{
    /// <summary>Where it ends: the first byte behind it.</summary>
    /// <exception cref="OverflowException">That is above 2^63 - 1.</exception>
    public ByteSize End => Address + Size;
}
