using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Policy;

/// <summary>A device that an operation is about.</summary>
/// <param name="Name">The kernel name where it is known, otherwise what was asked for.</param>
/// <param name="Uuid">The uuid that the device has now, otherwise the one that was noted or asked for; null where there is none.</param>
/// <param name="Matches">The devices of the host that it stands for.</param>
/// <param name="Attached">The VM's own attachment of it; null where it has none.</param>
/// <param name="IsMissing">Whether the VM should have it, but its configuration has it no longer.</param>
/// <param name="IsByName">Whether it was asked for by its kernel name, which may be meant for what bore that name before.</param>
internal sealed record WantedDevice(
    string Name, Guid? Uuid, ValueList<NvdimmDevice> Matches, AttachedNvdimm? Attached, bool IsMissing = false, bool IsByName = false)
{
    /// <summary>The device; null where none or several match.</summary>
    public NvdimmDevice? Device => Matches.Count == 1 ? Matches[0] : null;

    /// <summary>All that is known of the device, to be compared with those of other VMs.</summary>
    /// <param name="host">The host that it is on; null where it is not known.</param>
    public DeviceFacts FactsOn(string? host) => Device is { } device
        ? DeviceFacts.Of(device, host)
        : (Attached?.Facts ?? new DeviceFacts(Name)) with { Name = Name, Uuid = Uuid, Host = Attached?.Noted?.Host ?? host };
}
