using Nvdimm.Hook.Points;

namespace Nvdimm.Hook.Libvirt;

/// <summary>An operation that is no concern of NVDIMMs.</summary>
internal sealed class OtherOperation : IHookPoint
{
    public int FailureStatus => ExitStatus.Good;

    public HookResult Run(HookContext context) => HookResult.Nothing;
}
