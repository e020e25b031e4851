namespace Nvdimm.Extensions.Policy;

/// <summary>Refuses a name that stands for another device than the one that was attached under it. The engine does not notice.</summary>
internal sealed class IdentityChangedRule() : NvdimmRule(
    NvdimmCodes.IdentityChanged, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where wanted.Device is not null
        from finding in context.Request.Operation == HostDeviceOperation.Start ? OfOwn(context, wanted) : OfAdded(context, wanted)
        select finding;

    private static IEnumerable<Finding> OfOwn(PolicyContext context, WantedDevice wanted) =>
        wanted.Attached?.ChangeTo(wanted.Device!, context.Host?.Name) is { } changed ? [changed] : [];

    /// <summary>
    /// Refuses to add a device by a name under which the VM has, or lost, another device: the record would lose the device that belongs to
    /// the name.
    /// </summary>
    private static IEnumerable<Finding> OfAdded(PolicyContext context, WantedDevice wanted) =>
        from own in (context.Own?.Configured ?? []).Concat(wanted.IsByName ? context.Own?.Missing ?? [] : [])
        where string.Equals(own.Name, wanted.Name, StringComparison.Ordinal)
        let finding = own.ChangeTo(wanted.Device!, context.Host?.Name)
        where finding is not null
        select finding;
}

/// <summary>Warns if the device's size or mode changed since it was attached. The engine knows neither.</summary>
internal sealed class DeviceAlteredRule() : NvdimmRule(
    NvdimmCodes.DeviceAltered, Severity.Warning, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.Wanted
        where wanted.Device is { } device && wanted.Attached?.ChangeTo(device, context.Host?.Name) is null
        let altered = wanted.Attached?.AlterationOf(wanted.Device!)
        where altered is not null
        select altered;
}

/// <summary>Refuses a name or UUID that matches several devices of the host, or several attachments of the VM.</summary>
internal sealed class AmbiguousDeviceRule() : NvdimmRule(
    NvdimmCodes.AmbiguousDevice, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Detach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from wanted in context.AskedOfEngine
        let candidates = wanted.Choices.Count > 0
            ? wanted.Choices.Select(attached => Described(attached.Name, attached.Uuid))
            : wanted.Matches.Select(device => Described(device.Name, device.Uuid))
        where wanted.Choices.Count > 0 || wanted.Matches.Count > 1
        select FindingOf(("device", wanted.Name), ("candidates", string.Join(", ", candidates)));

    private static string Described(string name, Guid? uuid) => uuid is null ? name : $"{name} ({uuid})";
}

/// <summary>
/// Warns if nothing identifies the device: it has no UUID, and no file system identifies it as a file. The engine knows a device by its
/// kernel name alone, which can move to another device.
/// </summary>
internal sealed class NoStableIdentityRule() : NvdimmRule(
    NvdimmCodes.NoStableIdentity, Severity.Warning, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.Uuid is null && device.File?.Identity is null
        select FindingOf(("device", device.Name));
}

/// <summary>
/// Refuses a device without a UUID on POWER: the guest's UUID is derived from it, and the guest finds its namespaces by that UUID.
/// </summary>
internal sealed class NoStableGuestUuidRule() : NvdimmRule(
    NvdimmCodes.NoStableGuestUuid, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.Uuid is null && context.Vm is { Architecture.Family.HasUuid: true }
        select FindingOf(("device", device.Name));
}
