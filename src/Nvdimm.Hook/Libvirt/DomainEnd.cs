using Nvdimm.Extensions;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>A domain has ended, or its start has failed: releases the claims, and records the labels that the guest left.</summary>
/// <param name="isReleased">Whether libvirt has released everything of the domain; then no restore of it can still run.</param>
internal sealed class DomainEnd(bool isReleased) : LibvirtPoint
{
    public override int FailureStatus => ExitStatus.Failed;

    protected override HookResult Run(HookContext context, LibvirtDomain domain)
    {
        var result = new EndedVm(context, isAnyHolder: false).Release(domain.Paths, domain.Unread);
        return !isReleased || context.IsSimulation ? result : result with
        {
            Findings =
            [
                .. result.Findings,
                .. IndependentStep.Run($"Noting that no restore of {domain.Name} runs", () => Finish(context, domain)),
            ],
        };
    }

    private static ValueList<Finding> Finish(HookContext context, LibvirtDomain domain)
    {
        RestoreGuard.Finish(context, domain);
        return [];
    }
}
