using Nvdimm.Hook.Files;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Points;

/// <summary>A VM has started: its claims go from VDSM to its QEMU, its use is noted, and what QEMU says of persistence is passed on.</summary>
internal sealed class AfterVmStart : IHookPoint
{
    public int FailureStatus => ExitStatus.Failed;

    public HookResult Run(HookContext context)
    {
        var (_, elements, others, unread) = NvdimmText.Read(context.Payload);
        var pmems = HostMemoryUses.Find(others, context).Pmems;
        if (elements.Count == 0 && pmems.Count == 0)
        {
            return HookResult.Of(unread);
        }

        return RunningVm.Confirm(context, elements, pmems, unread);
    }
}
