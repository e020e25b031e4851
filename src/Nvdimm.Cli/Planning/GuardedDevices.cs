using Nvdimm.Extensions;

namespace Nvdimm.Cli.Planning;

/// <summary>What this host says of the devices of a command.</summary>
/// <param name="Devices">The devices.</param>
/// <param name="Guard">Who was asked.</param>
/// <param name="Subject">What they are planned for.</param>
/// <param name="ListingStatus">What the listing and the names in it mean for the exit status.</param>
internal sealed record GuardedDevices(ValueList<GuardedDevice> Devices, DeviceGuard Guard, PlanSubject Subject, int ListingStatus)
{
    /// <summary>The options with which they were judged, as they were given.</summary>
    public ValueList<string> Words { get; init; } = [];

    /// <summary>The option of the state folder, as it was given.</summary>
    public ValueList<string> FolderWords { get; init; } = [];

    /// <summary>The name of the VM, where one was named.</summary>
    public string? VmName => Subject.IsAssumed ? null : Subject.Vm?.Name;
}
