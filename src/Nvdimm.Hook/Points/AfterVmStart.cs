using Nvdimm.Hook.Files;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Points;

/// <summary>
/// A VM has started: hands its claims from VDSM to its QEMU, records the use, and passes on QEMU's warnings about persistence.
/// </summary>
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
