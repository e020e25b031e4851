using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>
/// libvirt reports a QEMU that already runs: claims all its devices, including hot-plugged ones. If the hook fails after libvirt's daemon
/// restarted, libvirt kills the VM, so the hook never fails there.
/// </summary>
/// <param name="failureStatus">The exit status if a claim cannot be made.</param>
internal sealed class RunningDomain(int failureStatus) : LibvirtPoint
{
    public override int FailureStatus => failureStatus;

    protected override HookResult Run(HookContext context, LibvirtDomain domain) => context.IsSimulation
        ? HookResult.Of(domain.Unread)
        : RunningVm.ClaimAgain(context, domain.Paths) is var result && domain.Unread.Count == 0
            ? result
            : result with { Findings = [.. domain.Unread, .. result.Findings] };
}
