using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// What is to be sized. <c>default</c> is an x86_64 guest, an empty device and no label, which is refused.
/// </summary>
/// <param name="Architecture">The guest's architecture.</param>
/// <param name="DeviceSize">The size of the host's device file in bytes, from 0 to 2^62.</param>
public readonly record struct SizingRequest(GuestArchitecture Architecture, ByteSize DeviceSize)
{
    /// <summary>
    /// The label area that oVirt gives every NVDIMM, and the minimum of libvirt and QEMU: 128 KiB
    /// (oVirt Engine 4.5, <c>VmInfoBuildUtils.NVDIMM_LABEL_SIZE</c>; QEMU v7.2.0, <c>hw/mem/nvdimm.c</c>, MIN_NAMESPACE_LABEL_SIZE).
    /// </summary>
    public static ByteSize OvirtLabelSize => ByteSize.FromKiB(128);

    /// <summary>The alignment that the device reports, up to 2^62; null, the default, where it reports none: then the hot-plug block is used.</summary>
    public Alignment? Align { get; init; }

    /// <summary>
    /// The size of the label area, a multiple of 1 KiB up to 2^61 bytes. Default: 128 KiB. Zero for an NVDIMM without label, which only
    /// <see cref="NvdimmSizer.Keep"/> takes, and not on POWER.
    /// </summary>
    public ByteSize LabelSize { get; init; } = OvirtLabelSize;

    /// <summary>How the target size is chosen. Default: as oVirt does.</summary>
    public SizingStrategy Strategy { get; init => field = EnumArgument.Checked(value); }

    /// <summary>
    /// What the libvirt and the QEMU of the host do, where their versions are known. Default: null, not known. Then the oldest and the newest have
    /// to lead to the same layout; where they do not, <c>NVDIMM_VERSIONS_DIFFER</c> refuses.
    /// </summary>
    public HypervisorProfile? Profile { get; init; }

    /// <summary>The row of libvirt that is shown and reckoned with: of the host, or the newest.</summary>
    internal LibvirtProfile Libvirt => (Profile ?? HypervisorProfile.Newest).Libvirt;

    /// <summary>Whether the backing is a dax device, which can only be mapped in multiples of its own alignment. Default: no.</summary>
    public bool IsDevdax { get; init; }

    /// <summary>
    /// What the backing keeps when the host crashes. Default: unknown; of a dax device that nothing promises that it keeps what was synced. It
    /// changes no size.
    /// </summary>
    public BackingPersistence Persistence
    {
        get => IsDevdax && field == BackingPersistence.Unknown ? BackingPersistence.DaxUnproven : field;
        init => field = EnumArgument.Checked(value);
    }

    /// <summary>
    /// The RAM that the guest boots with, without NVDIMMs: what its memory block follows from (<see cref="GuestMemoryBlock"/>). Default: zero,
    /// not known. It changes no size, since RAM may change between two starts and the layout may not; only the warning about memory hot plug.
    /// </summary>
    public ByteSize GuestRam { get; init; }

    /// <summary>
    /// Whether the guest's CPU hides that it is virtual, which makes the memory block of a large guest larger. Default: no. It changes no size.
    /// </summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>
    /// The block in which the guest takes hot-plugged memory, by its RAM (<see cref="GuestMemoryBlock"/>), or where that is not known the
    /// architecture's; null for an unsupported architecture.
    /// </summary>
    public Alignment? MemoryBlock => Architecture.IsSupported ? GuestMemoryBlock.Of(Architecture, GuestRam, HidesHypervisor) : null;

    /// <summary>
    /// The page in which QEMU maps the backing: 4 KiB on x86 hosts, the default; often 64 KiB on POWER hosts; the huge page of a file on hugetlbfs.
    /// </summary>
    public Alignment HostPageSize { get; init; } = Alignment.FromKiB(4);

    /// <summary>The request for a device as it is: its size, its alignment, whether it is a dax device, and what it keeps.</summary>
    /// <returns>The request, or null where the device's size is not known.</returns>
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
