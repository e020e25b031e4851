namespace Nvdimm.Hook.Libvirt;

/// <summary>A domain is about to start, fresh, from a save or from a snapshot: makes the start decision.</summary>
internal sealed class PrepareBegin : LibvirtPoint
{
    public override int FailureStatus => ExitStatus.Refused;

    protected override HookResult Run(HookContext context, LibvirtDomain domain)
    {
        if (domain.Unread.Count > 0)
        {
            return HookResult.Of(domain.Unread);
        }

        var (refusal, isRestore) = RestoreGuard.OfStart(context, domain);
        if (refusal is not null)
        {
            return HookResult.Of(refusal);
        }

        var result = new LibvirtStart(context, domain).Run();
        return isRestore ? result with { Commit = () => CompleteRestore(context, domain, result) } : result;
    }

    private static void CompleteRestore(HookContext context, LibvirtDomain domain, HookResult result)
    {
        result.Commit?.Invoke();
        RestoreGuard.Begin(context, domain);
    }
}
