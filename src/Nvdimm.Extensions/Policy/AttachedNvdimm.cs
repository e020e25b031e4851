using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Policy;

/// <summary>An NVDIMM in the configuration of a VM, or in the record of the NVDIMMs that the VM should have.</summary>
/// <param name="Name">The kernel name by which it is configured, such as <c>namespace0.0</c>.</param>
/// <param name="Uuid">The UUID that the device had when it was attached; null if it had none or no record has it.</param>
public sealed record AttachedNvdimm(string Name, Guid? Uuid = null)
{
    /// <summary>
    /// What the attachment record says of the device: host, raw UUID, size, mode. Its name and UUID are ignored. Null if there is no
    /// record; then a null <see cref="Uuid"/> does not mean that the device had no UUID.
    /// </summary>
    public DeviceFacts? RecordedFacts { get; init; }

    /// <summary>A recorded identity that cannot be read as a UUID, so that no device matches it; null if there is none.</summary>
    public string? UnreadIdentity { get; init; }

    /// <summary>Whether anything but the name is known.</summary>
    internal bool IsRecorded => Uuid is not null || RecordedFacts is not null || UnreadIdentity is not null;

    /// <summary>The facts that are known of the device, for comparison with other devices.</summary>
    public DeviceFacts Facts => (RecordedFacts ?? new DeviceFacts(Name)) with { Name = Name, Uuid = Uuid };

    /// <summary>
    /// Reports that a host's device is not the one that was attached under its name. A device that was recorded without a UUID and has one
    /// now is another device. Without a record there is nothing to compare.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="host">The name of the device's host; null if it is not known.</param>
    /// <returns><see cref="NvdimmCodes.IdentityChanged"/>; null if it is the same device, or the facts do not tell.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    public Finding? ChangeTo(NvdimmDevice device, string? host)
    {
        ArgumentNullException.ThrowIfNull(device);
        var current = DeviceFacts.Of(device, host);
        var isAnother = UnreadIdentity is not null
            || (Uuid is null ? RecordedFacts is not null && current.Uuid is not null : !Sameness.Compare(Facts, current).IsSame);
        return isAnother
            ? Finding.Error(
                NvdimmCodes.IdentityChanged,
                ("device", Name),
                ("attachedUuid", UnreadIdentity ?? Described(Uuid, device.Uuid, RecordedFacts?.RawUuid)),
                ("uuid", Described(device.Uuid, Uuid, device.RawUuid)))
            : null;
    }

    /// <summary>Reports that the device is the one that was attached, but has another size or mode.</summary>
    /// <param name="device">The device.</param>
    /// <returns><see cref="NvdimmCodes.DeviceAltered"/>; null if both are as recorded, or were not recorded.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    public Finding? AlterationOf(NvdimmDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        var differing = Sameness.Compare(Facts, DeviceFacts.Of(device)).Differing;
        var before = new List<string>();
        var after = new List<string>();
        if (differing.Contains(DeviceFact.Size))
        {
            before.Add($"{RecordedFacts!.Size!.Value.Bytes} bytes");
            after.Add($"{device.Size!.Value.Bytes} bytes");
        }

        if (differing.Contains(DeviceFact.Mode))
        {
            before.Add($"mode {RecordedFacts!.Mode.ToString().ToLowerInvariant()}");
            after.Add($"mode {device.Mode.ToString().ToLowerInvariant()}");
        }

        return before.Count == 0
            ? null
            : Finding.Warning(
                NvdimmCodes.DeviceAltered, ("device", Name), ("was", string.Join(" and ", before)), ("now", string.Join(" and ", after)));
    }

    /// <summary>Formats a UUID, with the raw UUID if the UUIDs are equal and only the raw ones differ.</summary>
    private static string Described(Guid? uuid, Guid? other, Guid? raw) =>
        uuid is null ? "none" : uuid == other && raw is not null ? $"{uuid} over the raw uuid {raw}" : $"{uuid}";
}
