using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Policy;

/// <summary>A device that an operation concerns.</summary>
/// <param name="Name">The kernel name if it is known, otherwise the name that was asked for.</param>
/// <param name="Uuid">The device's present UUID, otherwise the one that was recorded or asked for; null if there is none.</param>
/// <param name="Matches">The host's devices that match.</param>
/// <param name="Attached">The VM's own attachment of the device; null if it has none.</param>
/// <param name="IsMissing">Whether the VM should have the device, but its configuration no longer has it.</param>
/// <param name="IsByName">Whether the device was asked for by its kernel name, which may mean the device that had the name before.</param>
internal sealed record WantedDevice(
    string Name, Guid? Uuid, ValueList<NvdimmDevice> Matches, AttachedNvdimm? Attached, bool IsMissing = false, bool IsByName = false)
{
    /// <summary>The host's device; null unless exactly one matches.</summary>
    public NvdimmDevice? Device => Matches.Count == 1 ? Matches[0] : null;

    /// <summary>The facts that are known of the device, for comparison with devices of other VMs.</summary>
    /// <param name="host">The host of the device; null if it is not known.</param>
    public DeviceFacts FactsOn(string? host) => Device is { } device
        ? DeviceFacts.Of(device, host)
        : (Attached?.Facts ?? new DeviceFacts(Name)) with { Name = Name, Uuid = Uuid, Host = Attached?.Noted?.Host ?? host };
}
