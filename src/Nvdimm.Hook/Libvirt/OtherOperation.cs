using Nvdimm.Hook.Points;

namespace Nvdimm.Hook.Libvirt;

/// <summary>An operation that does not concern NVDIMMs.</summary>
internal sealed class OtherOperation : IHookPoint
{
    public int FailureStatus => ExitStatus.Good;

    public HookResult Run(HookContext context) => HookResult.Nothing;
}
