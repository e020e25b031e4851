using Nvdimm.Hook.Listing;

namespace Nvdimm.Hook.Points;

/// <summary>
/// VDSM is about to report the host's devices to the engine. The hook makes sure that no NVDIMM of the kernel is missing, that none is
/// offered under another device's name, and that the engine's formula arrives at a layout that works.
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
