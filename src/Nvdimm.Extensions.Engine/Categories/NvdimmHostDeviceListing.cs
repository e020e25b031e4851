using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>
/// The NVDIMM devices of a host. Only <see cref="NvdimmCategory"/> creates listings of this type; a copy (<c>with</c>) may change them.
/// </summary>
public sealed record NvdimmHostDeviceListing : HostDeviceListing
{
    internal NvdimmHostDeviceListing()
    {
    }

    /// <summary>The mode of SELinux on the host. Default: unknown.</summary>
    public SelinuxState Selinux { get; init => field = EnumArgument.Checked(value, last: SelinuxState.Disabled); }

    /// <summary>The page size of the host. Default: 4 KiB.</summary>
    public Alignment PageSize { get; init; } = Alignment.FromKiB(4);

    /// <summary>
    /// The host for the policy, with only the devices that the host itself lists. It is derived from the other properties at every call, so
    /// a changed copy of a listing describes what it lists.
    /// </summary>
    public HostDescription Description => new()
    {
        Name = Host.Name,
        Devices = Devices.OfType<NvdimmHostDevice>().Select(device => device.Described).OfType<NvdimmDevice>().ToValueList(),
        IsComplete = IsComplete,
        Reported = Reported?.Select(device => device.Name).ToValueList(),
        Selinux = Selinux,
        PageSize = PageSize,
    };
}

/// <summary>A host device of the category <c>nvdimm</c>.</summary>
public sealed record NvdimmHostDevice : HostDevice
{
    /// <summary>The host's own description of the device; null if only the engine reports it.</summary>
    public NvdimmDevice? Namespace { get; init; }

    /// <summary>
    /// The device for the policy; null if only the engine reports it. Name, identity, size and findings are those of this record.
    /// </summary>
    internal NvdimmDevice? Described => Namespace is null ? null : Namespace with
    {
        Name = Name,
        Uuid = NvdimmAttachments.Uuid(Identity),
        Size = Size,
        Findings = Findings,
    };
}
