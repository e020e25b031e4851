using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Inventories;

/// <summary>What a host says of its NVDIMMs.</summary>
/// <param name="Devices">Every namespace, usable or not.</param>
public sealed record NvdimmInventory(ValueList<NvdimmDevice> Devices)
{
    /// <summary>What is odd about the listing itself.</summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>Whether the devices are all there are. Default: true.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>What SELinux does there. Default: unknown.</summary>
    public SelinuxState Selinux { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The page size of the host. Default: 4 KiB.</summary>
    public Alignment PageSize { get; init; } = Alignment.FromKiB(4);
}
