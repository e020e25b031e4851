using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Hook.Configuration;
using Nvdimm.Hook.HotPlug;

namespace Nvdimm.Hook.Points;

/// <summary>
/// Memory is about to be plugged into a VM. Beside NVDIMMs the guest may not be able to bring it online, and nobody on the host would
/// notice: QEMU and libvirt report success.
/// </summary>
internal sealed class BeforeMemoryHotplug : IHookPoint
{
    public int FailureStatus => ExitStatus.Refused;

    public HookResult Run(HookContext context)
    {
        if (!Guid.TryParse(context.VmId, out var id))
        {
            return HookResult.Nothing;
        }

        QemuProcess? qemu;
        try
        {
            qemu = new QemuProcesses(context.Root).Find(id);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Most VMs have no NVDIMM, and memory that does not come online harms nothing: it is plugged.
            return HookResult.Of(Finding.Warning(
                NvdimmCodes.HookFailed, ("what", $"Finding out whether the VM {id} has NVDIMMs"), ("reason", failure.Message.TrimEnd('.'))));
        }

        if (qemu is not { HasNvdimms: true })
        {
            return HookResult.Nothing;
        }

        var xml = context.Payload.TextOf(context.Payload.Read());
        var domain = LiveDomain.Read(context.Configuration, id, qemu.VmName);
        var plug = PluggedMemory.Read(xml);
        return Judge(context, xml, domain, plug) with { Subject = $"VM {qemu.VmName}" };
    }

    private static HookResult Judge(HookContext context, string xml, LiveDomain domain, PluggedMemory plug)
    {
        if (domain.Slots is { } slots && domain.Devices.Count >= slots)
        {
            return HookResult.Of(Finding.Error(NvdimmCodes.NoMemorySlot, ("vm", domain.Name), ("needed", $"{domain.Devices.Count + 1}"), ("slots", $"{slots}")));
        }

        if (domain.AddressFor(plug) is not { } address || address.IsAlignedTo(domain.Block))
        {
            return HookResult.Nothing;
        }

        var misplaced = Finding.Error(NvdimmCodes.HookMemoryMisplaced, ("vm", domain.Name), ("address", $"0x{address.Bytes:x}"), ("block", $"{domain.Block.Bytes}"));
        return context.Configuration.MemoryHotPlug switch
        {
            HotPlugReaction.Place when plug.Address is null && domain.FreeAddress is { } free => new HookResult(
                [Finding.Warning(NvdimmCodes.HookMemoryPlaced, ("vm", domain.Name), ("address", $"0x{free.Bytes:x}"), ("chosen", $"0x{address.Bytes:x}"))],
                PluggedMemory.At(xml, free, domain.FreeSlot)),
            HotPlugReaction.Warn => HookResult.Of(misplaced with { Severity = Severity.Warning }),
            _ => HookResult.Of(misplaced),
        };
    }
}
