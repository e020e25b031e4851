using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Libvirt;

/// <summary>libvirt is about to start QEMU: checks that the claims of <c>prepare begin</c> are still held.</summary>
internal sealed class StartBegin : LibvirtPoint
{
    public override int FailureStatus => ExitStatus.Refused;

    protected override HookResult Run(HookContext context, LibvirtDomain domain)
    {
        if (domain.Unread.Count > 0 || context.IsSimulation)
        {
            return HookResult.Of(domain.Unread);
        }

        var host = MachineId.Of(context.Root);
        var claims = new DeviceClaims(context.Configuration.StateFolder, context.Time, host);
        var devices = new HostDevices(context.Root);
        var findings = domain.Paths.SelectMany(path => devices.Find(path) is not { } device
            ? [Finding.Error(NvdimmCodes.XmlUnmatched, ("path", path))]
            : claims.FindOf(DeviceIdentity.Of(device), context.VmId) is { Holder.IsAlive: true }
                ? Enumerable.Empty<Finding>()
                : [Finding.Error(NvdimmCodes.ClaimMissing, ("device", device.Name), ("vm", domain.Name))]);
        return HookResult.Of(findings);
    }
}
