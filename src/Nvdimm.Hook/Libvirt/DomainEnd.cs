using Nvdimm.Extensions;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>A domain has ended, or its start has failed: the claims are released, and the labels that the guest has left are noted.</summary>
/// <param name="isReleased">Whether nothing of it is left: then no restore runs any more.</param>
internal sealed class DomainEnd(bool isReleased) : LibvirtPoint
{
    public override int FailureStatus => ExitStatus.Failed;

    protected override HookResult Run(HookContext context, LibvirtDomain domain)
    {
        var result = new EndedVm(context, isAnyHolder: false).Release(domain.Paths, domain.Unread);
        return !isReleased || context.IsSimulation ? result : result with
        {
            Findings = [.. result.Findings, .. Attempt.Of($"Noting that no restore of {domain.Name} runs", () => Finish(context, domain))],
        };
    }

    private static ValueList<Finding> Finish(HookContext context, LibvirtDomain domain)
    {
        RestoreGuard.Finish(context, domain);
        return [];
    }
}
