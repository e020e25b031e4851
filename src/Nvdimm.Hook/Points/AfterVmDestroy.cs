using Nvdimm.Hook.Files;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Points;

/// <summary>A VM is gone: releases its claims, and records the labels that the guest left.</summary>
internal sealed class AfterVmDestroy : IHookPoint
{
    public int FailureStatus => ExitStatus.Failed;

    public HookResult Run(HookContext context)
    {
        var (_, elements, others, unread) = NvdimmText.Read(context.Payload);
        string[] paths =
            [.. elements.Select(element => element.Path), .. HostMemoryUses.Find(others, context).Pmems.Select(pmem => pmem.Use.Path)];
        return new EndedVm(context, isAnyHolder: true).Release(paths, unread);
    }
}
