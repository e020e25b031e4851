namespace Nvdimm.Extensions.Policy;

/// <summary>Warns if SELinux keeps QEMU from opening the dax device, or may (bugzilla 1855336).</summary>
internal sealed class DevdaxSelinuxRule() : NvdimmRule(
    NvdimmCodes.DevdaxSelinux, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let selinux = context.Host?.Selinux
        where device.IsDevdax && selinux is SelinuxState.Enforcing or SelinuxState.Unknown
        select Violation(("device", device.Name), ("selinux", $"{selinux}".ToLowerInvariant()), ("host", context.HostName));
}
