using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>What the policy needs to know of a host.</summary>
public sealed record HostDescription
{
    /// <summary>The name or id, as <see cref="VmDescription.PinnedHosts"/> has it; null where it is not known: then it is taken for the right one.</summary>
    public string? Name { get; init; }

    /// <summary>The NVDIMM devices that it has.</summary>
    public ValueList<NvdimmDevice> Devices { get; init; } = [];

    /// <summary>Whether the devices are all there are; false where the listing broke off or failed. Default: true.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>
    /// The kernel names of the NVDIMMs that the engine has in its report of the host, by which it decides what can be removed from a VM; null where
    /// they are not known: then the devices count.
    /// </summary>
    public ValueList<string>? Reported { get; init; }

    /// <summary>What SELinux does there. Default: unknown.</summary>
    public SelinuxState Selinux { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The page size of the host. Default: 4 KiB.</summary>
    public Alignment PageSize { get; init; } = Alignment.FromKiB(4);
}
