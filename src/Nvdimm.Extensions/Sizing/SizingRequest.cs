using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// A device and the conditions under which to size it. <c>default</c> is an x86_64 guest with an empty device and no label, which is
/// refused.
/// </summary>
/// <param name="Architecture">The guest's architecture.</param>
/// <param name="DeviceSize">The size of the host's device file in bytes, from 0 to 2^62.</param>
public readonly record struct SizingRequest(GuestArchitecture Architecture, ByteSize DeviceSize)
{
    /// <summary>
    /// The size of the label area that oVirt gives every NVDIMM, and the minimum of libvirt and QEMU: 128 KiB (oVirt Engine 4.5,
    /// <c>VmInfoBuildUtils.NVDIMM_LABEL_SIZE</c>; QEMU v7.2.0, <c>hw/mem/nvdimm.c</c>, MIN_NAMESPACE_LABEL_SIZE).
    /// </summary>
    public static ByteSize OvirtLabelSize => ByteSize.FromKiB(128);

    /// <summary>The alignment that the device reports, up to 2^62. Default: null, none; then the hot-plug block is used.</summary>
    public Alignment? Align { get; init; }

    /// <summary>
    /// The size of the label area, a multiple of 1 KiB up to 2^61 bytes. Default: 128 KiB. Zero means no label, which only
    /// <see cref="NvdimmSizer.Keep"/> accepts, and not on POWER.
    /// </summary>
    public ByteSize LabelSize { get; init; } = OvirtLabelSize;

    /// <summary>How to choose the target size. Default: as oVirt does.</summary>
    public SizingStrategy Strategy { get; init => field = EnumArgument.Checked(value, last: SizingStrategy.Largest); }

    /// <summary>
    /// The rules of the host's libvirt and QEMU versions. Default: null, not known. Then the oldest and the newest rules must lead to the
    /// same layout; if they do not, the sizer refuses with <c>NVDIMM_VERSIONS_DIFFER</c>.
    /// </summary>
    public HypervisorProfile? Profile { get; init; }

    /// <summary>The libvirt rules to compute and display with: those of the host, or the newest.</summary>
    internal LibvirtProfile Libvirt => (Profile ?? HypervisorProfile.Newest).Libvirt;

    /// <summary>Whether the backing is a dax device, which can only be mapped in multiples of its own alignment. Default: no.</summary>
    public bool IsDevdax { get; init; }

    /// <summary>
    /// The data that the backing keeps if the host crashes. Default: unknown; for a dax device, that persistence is not proved. It changes
    /// no size.
    /// </summary>
    public BackingPersistence Persistence
    {
        get => IsDevdax && field == BackingPersistence.Unknown ? BackingPersistence.DaxUnproven : field;
        init => field = EnumArgument.Checked(value, last: BackingPersistence.DaxUnproven);
    }

    /// <summary>
    /// The RAM that the guest boots with, without NVDIMMs; its memory block follows from it (<see cref="GuestMemoryBlock"/>). Default:
    /// zero, not known. It changes only the warning about memory hot plug and no size, since RAM may change between two starts and the
    /// layout may not.
    /// </summary>
    public ByteSize GuestRam { get; init; }

    /// <summary>
    /// Whether the guest's CPU hides the hypervisor, which makes the memory block of a large guest larger. Default: no. It changes no size.
    /// </summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>
    /// The block in which the guest takes hot-plugged memory, from its RAM (<see cref="GuestMemoryBlock"/>); the architecture's block if
    /// the RAM is not known; null for an unsupported architecture.
    /// </summary>
    public Alignment? MemoryBlock => Architecture.IsSupported ? GuestMemoryBlock.Of(Architecture, GuestRam, HidesHypervisor) : null;

    /// <summary>
    /// The page in which QEMU maps the backing. Default: 4 KiB, as on x86 hosts. It is often 64 KiB on POWER hosts, and the huge page for a
    /// file on hugetlbfs.
    /// </summary>
    public Alignment HostPageSize { get; init; } = Alignment.FromKiB(4);

    /// <summary>Creates the request for a device from its size, alignment, kind (dax device or not), persistence and page size.</summary>
    /// <returns>The request; null if the device's size is not known.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    public static SizingRequest? For(GuestArchitecture architecture, NvdimmDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Size is { } size
            ? new SizingRequest(architecture, size)
            {
                Align = device.Align,
                IsDevdax = device.IsDevdax,
                Persistence = device.Persistence,
                HostPageSize = device.File?.PageSize ?? Alignment.FromKiB(4),
            }
            : null;
    }
}

/// <summary>How to choose the target size.</summary>
public enum SizingStrategy
{
    /// <summary>Exactly the size that oVirt Engine 4.5 computes, so that a device that an oVirt VM has used keeps its layout.</summary>
    Ovirt,

    /// <summary>The largest guest size that libvirt and QEMU accept and that allows memory hot plug.</summary>
    Largest,
}
