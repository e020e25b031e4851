using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// The exact sizes of a device with which a VM starts, from the size that the management software writes to the size that the guest sees.
/// Only <see cref="NvdimmSizer"/> creates layouts, so every layout starts.
/// </summary>
public sealed record NvdimmLayout
{
    /// <summary>Creates the layout of a result that is not refused.</summary>
    internal NvdimmLayout(in SizingResult result) => Result = result;

    /// <summary>The request that was sized.</summary>
    public SizingRequest Request => Result.Request;

    /// <summary>
    /// The alignment to which QEMU aligns the guest size down. Write it as <c>&lt;alignsize&gt;</c> unless <see cref="LeavesAlignToQemu"/>.
    /// </summary>
    public Alignment AlignSize => Result.Align;

    /// <summary>Whether to write no <c>&lt;alignsize&gt;</c>, since QEMU takes <see cref="AlignSize"/> by itself on this host.</summary>
    public bool LeavesAlignToQemu => Result.LeavesAlignToQemu;

    /// <summary>The size to write as <c>&lt;target&gt;&lt;size&gt;</c>.</summary>
    public ByteSize TargetSize => Result.Target;

    /// <summary>The size that libvirt gives QEMU.</summary>
    public ByteSize BackendSize => Result.Backend;

    /// <summary>The offset of the label area from the start of the device.</summary>
    public ByteSize LabelOffset => ByteSize.FromBytes(QemuArithmetic.LabelOffset(BackendSize.Bytes, Request.LabelSize.Bytes));

    /// <summary>The size that the guest sees.</summary>
    public ByteSize GuestSize => Result.Guest;

    /// <summary>
    /// Whether target size and alignment were given, to keep the layout that the device already has (<see cref="NvdimmSizer.Keep"/>). Then
    /// the request's strategy was ignored.
    /// </summary>
    public bool IsKept => Result.IsKept;

    /// <summary>The bytes of the device that the guest does not get: rounding and the label.</summary>
    public ByteSize LostSize => Request.DeviceSize - GuestSize;

    /// <summary>
    /// The block in which the guest takes hot-plugged memory, from its RAM (<see cref="GuestMemoryBlock"/>); the architecture's block if
    /// the RAM is not known.
    /// </summary>
    public Alignment MemoryBlock => Request.MemoryBlock!.Value;

    /// <summary>The data that the backing keeps if the host crashes.</summary>
    public BackingPersistence Persistence => Request.Persistence;

    /// <summary>
    /// Whether memory that is plugged after the NVDIMM stays offline in the guest, because the guest size is not a multiple of the memory
    /// block.
    /// </summary>
    public bool IsHotPlugMisaligned => Result.Bits.HasFlag(SizingFindings.HotPlugMisaligned);

    /// <summary>
    /// What does not work although the VM starts: <c>NVDIMM_HOTPLUG_MISALIGNED</c>, <c>NVDIMM_BACKEND_NOT_PAGES</c>, or nothing.
    /// </summary>
    public ValueList<Finding> Warnings => Result.Findings;

    internal SizingResult Result { get; }
}
