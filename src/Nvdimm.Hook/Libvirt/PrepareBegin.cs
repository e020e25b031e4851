namespace Nvdimm.Hook.Libvirt;

/// <summary>A domain is about to start, afresh, from a save or from a snapshot: the start decision.</summary>
internal sealed class PrepareBegin : LibvirtPoint
{
    public override int FailureStatus => ExitStatus.Refused;

    protected override HookResult Run(HookContext context, LibvirtDomain domain) =>
        domain.Unread.Count > 0 ? HookResult.Of(domain.Unread)
        : RestoreGuard.OfStart(context, domain) is { } refusal ? HookResult.Of(refusal)
        : new LibvirtStart(context, domain).Run();
}
