namespace Nvdimm.Extensions.Devices;

/// <summary>Finds devices by what people call them.</summary>
public static class DeviceSelector
{
    /// <summary>
    /// The devices that <paramref name="nameOrUuid"/> stands for: by kernel name; where none has it, by uuid; where none has it,
    /// by user-given name. More than one match is an ambiguity that the caller has to refuse.
    /// </summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ValueList<NvdimmDevice> Matches(IReadOnlyCollection<NvdimmDevice> devices, string nameOrUuid)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(nameOrUuid);
        var byName = devices.Where(device => string.Equals(device.Name, nameOrUuid, StringComparison.Ordinal)).ToValueList();
        if (byName.Count > 0)
        {
            return byName;
        }

        var byUuid = Guid.TryParseExact(nameOrUuid, "D", out var uuid)
            ? devices.Where(device => device.Uuid == uuid).ToValueList()
            : [];
        return byUuid.Count > 0
            ? byUuid
            : devices.Where(device => string.Equals(device.Label, nameOrUuid, StringComparison.Ordinal)).ToValueList();
    }
}
