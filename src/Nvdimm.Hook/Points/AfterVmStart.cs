using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Hook.Files;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Points;

/// <summary>A VM has started: its claims go from VDSM to its QEMU, its use is noted, and what QEMU says of persistence is passed on.</summary>
internal sealed class AfterVmStart : IHookPoint
{
    public int FailureStatus => ExitStatus.Failed;

    public HookResult Run(HookContext context)
    {
        var (_, elements, unread) = NvdimmText.Read(context.Payload);
        if (elements.Count == 0)
        {
            return HookResult.Of(unread);
        }

        var id = Guid.TryParse(context.VmId, out var uuid) ? uuid : default(Guid?);
        var qemu = new QemuProcesses(context.Root).List().FirstOrDefault(process => id is not null && process.VmId == id);
        if (qemu is null)
        {
            return HookResult.Of([.. unread, Finding.Error(NvdimmCodes.HookFailed, ("what", "Confirming the claims"), ("reason", $"no QEMU of the VM {context.VmId} is running"))]);
        }

        var running = new RunningVm(context, qemu);
        return HookResult.Of([.. unread, .. elements.SelectMany(running.Confirm), .. QemuLog.Warnings(context.Configuration.QemuLogFolder, qemu.VmName)])
            with
        { Subject = $"VM {qemu.VmName}" };
    }
}
