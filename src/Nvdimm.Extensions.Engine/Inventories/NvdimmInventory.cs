using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Inventories;

/// <summary>The NVDIMMs of a host.</summary>
/// <param name="Devices">All namespaces, usable or not.</param>
public sealed record NvdimmInventory(ValueList<NvdimmDevice> Devices)
{
    /// <summary>The problems of the listing itself.</summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>Whether <see cref="Devices"/> has all devices of the host. Default: true.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>The mode of SELinux on the host. Default: unknown.</summary>
    public SelinuxState Selinux { get; init => field = EnumArgument.Checked(value, last: SelinuxState.Disabled); }

    /// <summary>The page size of the host. Default: 4 KiB.</summary>
    public Alignment PageSize { get; init; } = Alignment.FromKiB(4);
}
