namespace Nvdimm.Hook.Points;

internal sealed class AfterHostdevListByCaps : IHookPoint
{
    public int FailureStatus => ExitStatus.Failed;

    public HookResult Run(HookContext context) => HookResult.Nothing;
}
