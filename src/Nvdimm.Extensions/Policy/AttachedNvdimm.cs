using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Policy;

/// <summary>An NVDIMM in the configuration of a VM, or in the record of what it should have.</summary>
/// <param name="Name">The kernel name by which it is configured, such as <c>namespace0.0</c>.</param>
/// <param name="Uuid">The uuid that the device had when it was attached; null where it had none or nobody noted it.</param>
public sealed record AttachedNvdimm(string Name, Guid? Uuid = null)
{
    /// <summary>
    /// What else was noted of the device: host, raw uuid, size, mode. Its name and uuid are not looked at. Null where nobody noted anything: then
    /// a <see cref="Uuid"/> of null does not mean that the device had none.
    /// </summary>
    public DeviceFacts? Noted { get; init; }

    /// <summary>A noted identity that is no uuid, so that no device is taken for this one; null where there is none.</summary>
    public string? UnreadIdentity { get; init; }

    /// <summary>All that is known of the device, to be compared with others.</summary>
    public DeviceFacts Facts => (Noted ?? new DeviceFacts(Name)) with { Name = Name, Uuid = Uuid };

    /// <summary>
    /// That the device of a host is not the one that was attached under its name. A device that was recorded without uuid and has one now is
    /// another. Where nobody noted anything there is nothing to compare.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="host">The name of its host; null where it is not known.</param>
    /// <returns><see cref="NvdimmCodes.IdentityChanged"/>; null where it is the device, or nobody can tell.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    public Finding? ChangeTo(NvdimmDevice device, string? host)
    {
        ArgumentNullException.ThrowIfNull(device);
        var now = DeviceFacts.Of(device, host);
        var isAnother = UnreadIdentity is not null || (Uuid is null ? Noted is not null && now.Uuid is not null : !Sameness.Compare(Facts, now).IsSame);
        return isAnother
            ? Finding.Error(
                NvdimmCodes.IdentityChanged,
                ("device", Name),
                ("attachedUuid", UnreadIdentity ?? Described(Uuid, device.Uuid, Noted?.RawUuid)),
                ("uuid", Described(device.Uuid, Uuid, device.RawUuid)))
            : null;
    }

    /// <summary>That the device is the one that was attached, but has another size or mode.</summary>
    /// <param name="device">The device.</param>
    /// <returns><see cref="NvdimmCodes.DeviceAltered"/>; null where both are as noted, or were not noted.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    public Finding? AlterationOf(NvdimmDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        var differing = Sameness.Compare(Facts, DeviceFacts.Of(device)).Differing;
        var was = new List<string>();
        var now = new List<string>();
        if (differing.Contains(DeviceFact.Size))
        {
            was.Add($"{Noted!.Size!.Value.Bytes} bytes");
            now.Add($"{device.Size!.Value.Bytes} bytes");
        }

        if (differing.Contains(DeviceFact.Mode))
        {
            was.Add($"mode {Noted!.Mode.ToString().ToLowerInvariant()}");
            now.Add($"mode {device.Mode.ToString().ToLowerInvariant()}");
        }

        return was.Count == 0
            ? null
            : Finding.Warning(NvdimmCodes.DeviceAltered, ("device", Name), ("was", string.Join(" and ", was)), ("now", string.Join(" and ", now)));
    }

    /// <summary>A uuid in words; with the raw one where the uuids alone do not differ.</summary>
    private static string Described(Guid? uuid, Guid? other, Guid? raw) =>
        uuid is null ? "none" : uuid == other && raw is not null ? $"{uuid} over the raw uuid {raw}" : $"{uuid}";
}
