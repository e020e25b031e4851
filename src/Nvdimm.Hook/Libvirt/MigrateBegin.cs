using Nvdimm.Extensions.Policy;
using Nvdimm.Hook.Points;

namespace Nvdimm.Hook.Libvirt;

/// <summary>
/// A domain is about to arrive from another host. Refused: the migration would write the content of its NVDIMMs over the devices here.
/// </summary>
internal sealed class MigrateBegin : LibvirtPoint
{
    public override int FailureStatus => ExitStatus.Refused;

    protected override HookResult Run(HookContext context, LibvirtDomain domain) =>
        HookResult.Of([.. domain.Unread, .. RefusedWithNvdimms.Refusals(HostDeviceOperation.Migrate, domain.Name, domain.Paths)]);
}
