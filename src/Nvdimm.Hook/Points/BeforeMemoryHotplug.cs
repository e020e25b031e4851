using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Hook.HotPlug;

namespace Nvdimm.Hook.Points;

/// <summary>
/// VDSM is about to plug memory into a VM. With NVDIMMs present, the guest may be unable to bring the memory online, and nobody on the host
/// would notice: QEMU and libvirt report success.
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
            // Most VMs have no NVDIMM, and memory that does not come online does no harm, so the hook lets the plug happen.
            return HookResult.Of(Finding.Warning(
                NvdimmCodes.HookFailed, ("what", $"Finding out whether the VM {id} has NVDIMMs"),
                ("reason", failure.Message.TrimEnd('.'))));
        }

        if (qemu is not { HasNvdimms: true })
        {
            return HookResult.Nothing;
        }

        var xml = context.Payload.TextOf(context.Payload.Read());
        var domain = LiveDomain.Read(context.Configuration, id, qemu.VmName);
        var plug = PluggedMemory.Read(xml);
        return Check(context, xml, domain, plug) with { Subject = $"VM {qemu.VmName}" };
    }

    private static HookResult Check(HookContext context, string xml, LiveDomain domain, PluggedMemory plug)
    {
        var needed = domain.SlotsTaken + 1;
        if (needed > domain.Slots)
        {
            return HookResult.Of(
                Finding.Error(NvdimmCodes.NoMemorySlot, ("vm", domain.Name), ("needed", $"{needed}"), ("slots", $"{domain.Slots}")));
        }

        if (!domain.Architecture.IsSupported)
        {
            return AsConfigured(context, Finding.Error(NvdimmCodes.ArchitectureUnsupported, ("architecture", domain.Architecture.Name)));
        }

        var plan = domain.Plan(plug, context.Root);
        if (plan.Findings.FirstOrDefault(finding => finding.Code == NvdimmCodes.DimmSize) is { } useless)
        {
            return AsConfigured(context, useless);
        }

        if (plug.Address is null && domain.Hidden is [var model, ..])
        {
            // An unknown model may not lie among the DIMMs at all, so it only warns and does not block hot plug.
            var hidden = Finding.Error(
                NvdimmCodes.HookPayload,
                ("what", $"Memory for the VM {domain.Name}"),
                ("reason", "QEMU's placement cannot be predicted, since libvirt does not show the address of the VM's "
                    + $"{model} device{Since(model)}"));
            return Since(model).Length > 0 ? AsConfigured(context, hidden) : HookResult.Of(hidden with { Severity = Severity.Warning });
        }

        // Without an address QEMU refuses the memory, and reports that itself.
        if ((plug.Address ?? plan.Automatic?.Address) is not { } address || address.IsAlignedTo(plan.MemoryBlock))
        {
            return HookResult.Nothing;
        }

        var chosen = MemoryHotPlug.Hex(address);
        var misplaced = Finding.Error(
            NvdimmCodes.HookMemoryMisplaced, ("vm", domain.Name), ("address", chosen), ("block", $"{plan.MemoryBlock.Bytes}"));
        return context.Configuration.MemoryHotPlug == HotPlugReaction.Place && plug.Address is null && plan.Advised is { } advised
            ? new HookResult(
                [Finding.Warning(NvdimmCodes.HookMemoryPlaced, ("vm", domain.Name), ("address", MemoryHotPlug.Hex(
                    advised.Address)), ("chosen", chosen))],
                PluggedMemory.At(xml, advised))
            : AsConfigured(context, misplaced);
    }

    /// <summary>Says since which libvirt version the address of a model is shown; empty for an unknown model.</summary>
    private static string Since(string model) => model is "virtio-mem" or "virtio-pmem" ? "; it does from 9.4 on" : "";

    private static HookResult AsConfigured(HookContext context, Finding useless) =>
        HookResult.Of(context.Configuration.MemoryHotPlug == HotPlugReaction.Warn ? useless with { Severity = Severity.Warning } : useless);
}
