namespace Nvdimm.Extensions.Devices;

/// <summary>Finds devices by what people call them.</summary>
public static class DeviceSelector
{
    /// <summary>
    /// The devices that <paramref name="nameOrUuid"/> stands for: by kernel name, by uuid or by user-given name, each once. More than one
    /// match is an ambiguity that the caller has to refuse: a user can give a namespace the kernel name of another. A user-given name is that
    /// of a live namespace: a disabled one, or an empty one that the kernel keeps, may still have the name of a namespace that was made anew.
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
