using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>
/// QEMU has started and the guest already runs: hands the claims to QEMU and records the use. An error ends the VM, which for the guest is
/// a power failure.
/// </summary>
internal sealed class StartedBegin : LibvirtPoint
{
    public override int FailureStatus => ExitStatus.Refused;

    protected override HookResult Run(HookContext context, LibvirtDomain domain)
    {
        if (RestoreGuard.OfQemu(context, domain) is { } refusal)
        {
            return HookResult.Of(refusal);
        }

        var result = RunningVm.Confirm(context, domain.Elements, domain.Uses.Pmems, domain.Unread);
        return result.IsRefused ? result : result with { Commit = () => RestoreGuard.Used(context, domain) };
    }
}
