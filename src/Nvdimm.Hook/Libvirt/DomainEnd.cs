using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>A domain has ended, or its start has failed: the claims are released, and the labels that the guest has left are noted.</summary>
internal sealed class DomainEnd : LibvirtPoint
{
    public override int FailureStatus => ExitStatus.Failed;

    protected override HookResult Run(HookContext context, LibvirtDomain domain) =>
        new EndedVm(context, isAnyHolder: false).Release(domain.Paths, domain.Unread);
}
