using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// Where is what on a device with which a VM starts: the sizes from what the management side writes to what the guest sees, each exact.
/// Only <see cref="NvdimmSizer"/> makes one, so that a layout that does not start does not exist.
/// </summary>
public sealed record NvdimmLayout
{
    /// <summary>The layout of a result that is not refused.</summary>
    internal NvdimmLayout(in SizingResult result) => Result = result;

    /// <summary>What was asked.</summary>
    public SizingRequest Request => Result.Request;

    /// <summary>The alignment that QEMU aligns the guest size to, to be written as <c>&lt;alignsize&gt;</c> unless <see cref="LeavesAlignToQemu"/>.</summary>
    public Alignment AlignSize => Result.Align;

    /// <summary>Whether no <c>&lt;alignsize&gt;</c> is written, since <see cref="AlignSize"/> is what QEMU takes by itself on this host.</summary>
    public bool LeavesAlignToQemu => Result.LeavesAlignToQemu;

    /// <summary>The size to write as <c>&lt;target&gt;&lt;size&gt;</c>.</summary>
    public ByteSize TargetSize => Result.Target;

    /// <summary>The size that libvirt gives QEMU.</summary>
    public ByteSize BackendSize => Result.Backend;

    /// <summary>Where the label area starts, from the start of the device.</summary>
    public ByteSize LabelOffset => ByteSize.FromBytes(QemuArithmetic.LabelOffset(BackendSize.Bytes, Request.LabelSize.Bytes));

    /// <summary>What the guest sees.</summary>
    public ByteSize GuestSize => Result.Guest;

    /// <summary>
    /// Whether target size and alignment were given, to keep a layout that the device has already (<see cref="NvdimmSizer.Keep"/>),
    /// and not computed. The request's strategy had no part in it then.
    /// </summary>
    public bool IsKept => Result.IsKept;

    /// <summary>What of the device the guest does not get: rounding, and the label.</summary>
    public ByteSize LostSize => Request.DeviceSize - GuestSize;

    /// <summary>
    /// The block in which the guest takes hot-plugged memory, by its RAM (<see cref="GuestMemoryBlock"/>), or where that is not known the
    /// architecture's.
    /// </summary>
    public Alignment MemoryBlock => Request.MemoryBlock!.Value;

    /// <summary>What the backing keeps when the host crashes.</summary>
    public BackingPersistence Persistence => Request.Persistence;

    /// <summary>Whether memory that is plugged behind it does not come online in the guest: its guest size is no multiple of the memory block.</summary>
    public bool IsHotPlugMisaligned => Result.Bits.HasFlag(SizingFindings.HotPlugMisaligned);

    /// <summary>What does not work although the VM starts: <c>NVDIMM_HOTPLUG_MISALIGNED</c>, or nothing.</summary>
    public ValueList<Finding> Warnings => Result.Findings;

    internal SizingResult Result { get; }
}
