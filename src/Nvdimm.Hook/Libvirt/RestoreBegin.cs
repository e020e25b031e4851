namespace Nvdimm.Hook.Libvirt;

/// <summary>A domain is about to be restored from a save, which writes old content over the NVDIMMs.</summary>
internal sealed class RestoreBegin : LibvirtPoint
{
    public override int FailureStatus => ExitStatus.Refused;

    protected override HookResult Run(HookContext context, LibvirtDomain domain) =>
        domain.Unread.Count > 0 ? HookResult.Of(domain.Unread)
        : RestoreGuard.OfRestore(context, domain) is { } refusal ? HookResult.Of(refusal)
        : new HookResult([]) { Commit = () => RestoreGuard.Begin(context, domain) };
}
