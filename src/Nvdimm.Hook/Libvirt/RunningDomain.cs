using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>
/// libvirt meets a QEMU that runs already: claims are taken for what it has, also for what was plugged in. If the hook fails after a restart of
/// its daemon, libvirt kills the VM: so it never fails there.
/// </summary>
/// <param name="failureStatus">The status where a claim cannot be had.</param>
internal sealed class RunningDomain(int failureStatus) : LibvirtPoint
{
    public override int FailureStatus => failureStatus;

    protected override HookResult Run(HookContext context, LibvirtDomain domain) => context.IsSimulation
        ? HookResult.Of(domain.Unread)
        : RunningVm.ClaimAgain(context, domain.Paths) is var result && domain.Unread.Count == 0
            ? result
            : result with { Findings = [.. domain.Unread, .. result.Findings] };
}
