namespace Nvdimm.Extensions.Devices;

/// <summary>Finds devices by kernel name, UUID or user-given name.</summary>
public static class DeviceSelector
{
    /// <summary>
    /// Returns the devices with this kernel name, UUID or user-given name, each once. If several match, the caller must refuse: a user can
    /// give a namespace the kernel name of another one. User-given names of disabled or empty namespaces are ignored, since they may still
    /// have the name of a namespace that was created again.
    /// </summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ValueList<NvdimmDevice> Matches(IReadOnlyCollection<NvdimmDevice> devices, string nameOrUuid)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(nameOrUuid);
        Guid? uuid = Guid.TryParseExact(nameOrUuid, "D", out var parsed) ? parsed : null;
        return devices
            .Where(device => string.Equals(device.Name, nameOrUuid, StringComparison.Ordinal)
                || (uuid is not null && device.Uuid == uuid)
                || (IsLive(device) && string.Equals(device.Label, nameOrUuid, StringComparison.Ordinal)))
            .ToValueList();
    }

    private static bool IsLive(NvdimmDevice device) => !device.IsDisabled && device.Size != ByteSize.Zero;
}
