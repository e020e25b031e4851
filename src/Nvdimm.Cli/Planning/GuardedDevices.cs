using Nvdimm.Extensions;

namespace Nvdimm.Cli.Planning;

/// <summary>This host's verdict on the devices of a command.</summary>
/// <param name="Devices">The devices.</param>
/// <param name="Guard">The guard that checked them.</param>
/// <param name="Subject">The VM they are planned for.</param>
/// <param name="ListingStatus">The exit status for the listing and the names in it.</param>
internal sealed record GuardedDevices(ValueList<GuardedDevice> Devices, DeviceGuard Guard, PlanSubject Subject, int ListingStatus)
{
    /// <summary>The options of the check as given, for follow-up commands.</summary>
    public ValueList<string> Words { get; init; } = [];

    /// <summary>The option for the state folder as given.</summary>
    public ValueList<string> FolderWords { get; init; } = [];

    /// <summary>The name of the VM; null if none was named.</summary>
    public string? VmName => Subject.IsAssumed ? null : Subject.Vm?.Name;
}
