namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Warns if nothing identifies the device: it has no UUID, and no file system identifies it as a file. The engine knows a device by its
/// kernel name alone, which can move to another device.
/// </summary>
internal sealed class NoStableIdentityRule() : NvdimmRule(
    NvdimmCodes.NoStableIdentity, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.Uuid is null && device.File?.Identity is null
        select Violation(("device", device.Name));
}
