using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>The facts about a host that the policy uses.</summary>
public sealed record HostDescription
{
    /// <summary>
    /// The name or id, as in <see cref="VmDescription.PinnedHosts"/>. If it is null, the policy assumes that the VM is pinned to this host.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The host's NVDIMM devices.</summary>
    public ValueList<NvdimmDevice> Devices { get; init; } = [];

    /// <summary>
    /// Whether <see cref="Devices"/> has all devices of the host; false if listing them failed or was cut off. Default: true.
    /// </summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>
    /// The kernel names of the NVDIMMs in the engine's report of the host. The engine removes only a device that is in this report. Null if
    /// the report is not known; then the policy uses <see cref="Devices"/>.
    /// </summary>
    public ValueList<string>? Reported { get; init; }

    /// <summary>The mode of SELinux on the host. Default: unknown.</summary>
    public SelinuxState Selinux { get; init => field = EnumArgument.Checked(value, last: SelinuxState.Disabled); }

    /// <summary>The page size of the host. Default: 4 KiB.</summary>
    public Alignment PageSize { get; init; } = Alignment.FromKiB(4);
}

/// <summary>The mode of SELinux on a host.</summary>
public enum SelinuxState
{
    /// <summary>The mode is not known.</summary>
    Unknown,

    /// <summary>SELinux enforces its policy.</summary>
    Enforcing,

    /// <summary>SELinux logs violations and allows them.</summary>
    Permissive,

    /// <summary>SELinux is off.</summary>
    Disabled,
}
