using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
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

        if (!Guid.TryParse(context.VmId, out var id) || new QemuProcesses(context.Root).Find(id) is not { } qemu)
        {
            return HookResult.Of(
            [
                .. unread,
                Finding.Error(NvdimmCodes.HookFailed, ("what", "Confirming the claims"), ("reason", $"no QEMU of the VM {context.VmId} is running")),
            ]);
        }

        if (StateFolder.Refusal(context.Configuration.StateFolder, MachineId.Of(context.Root)) is { } refusal)
        {
            return HookResult.Of([.. unread, refusal]);
        }

        var running = new RunningVm(context, qemu);
        var confirmed = elements.SelectMany(element => Attempt.Of($"Confirming the claim of {element.Path}", () => running.Confirm(element)))
            .Concat(pmems.SelectMany(pmem => Attempt.Of($"Confirming the claim of {pmem.Use.Path}", () => running.Confirm(pmem.Device))));
        return HookResult.Of([.. unread, .. confirmed, .. QemuLog.Warnings(context.Configuration.QemuLogFolder, qemu.VmName)])
            with
        { Subject = $"VM {qemu.VmName}" };
    }
}
