using Nvdimm.Hook.Listing;

namespace Nvdimm.Hook.Points;

/// <summary>
/// The host's devices are about to be reported to the engine: no NVDIMM that the kernel has vanishes, none is offered under the name of
/// another, and the figures are such that the engine's own formula leads to a layout that works.
/// </summary>
internal sealed class AfterHostdevListByCaps : IHookPoint
{
    public int FailureStatus => ExitStatus.Failed;

    public HookResult Run(HookContext context)
    {
        var report = HostReport.Read(context.Payload.Read());
        return new ReportRepair(context, report).Run();
    }
}
