using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Libvirt;

/// <summary>
/// QEMU has started, and its guest runs already: the claims go to it, and the use is noted. An error ends it, which the guest meets as a power failure.
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
        return result.IsRefused ? result : result with { Complete = () => RestoreGuard.Used(context, domain) };
    }
}
