using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Start;

/// <summary>Records the claims and the use of devices by a running VM.</summary>
internal sealed class RunningVm(HookContext context, QemuProcess qemu)
{
    private readonly LayoutLedger ledger = new(context.Configuration.StateFolder, context.Time, MachineId.Of(context.Root));
    private readonly DeviceClaims claims = new(context.Configuration.StateFolder, context.Time, MachineId.Of(context.Root));
    private readonly HostDevices devices = new(context.Root);

    /// <summary>
    /// Confirms a start: hands the claims to QEMU, compares what libvirt made of the domain with the records, records the use, and passes
    /// on QEMU's warnings about persistence. If a step fails for one device, that is an error, and the next device still gets its turn.
    /// </summary>
    public static HookResult Confirm(
        HookContext context, ValueList<NvdimmElement> elements, ValueList<StartPmem> pmems, ValueList<Finding> unread)
    {
        var (qemu, refusal) = Find(context);
        if (qemu is null || refusal is not null)
        {
            return HookResult.Of([.. unread, .. refusal is null ? [] : new[] { refusal }]);
        }

        var running = new RunningVm(context, qemu);
        var confirmed = elements.SelectMany(
            element => IndependentStep.Run($"Confirming the claim of {element.Path}", () => running.Confirm(element)))
            .Concat(pmems.SelectMany(
                pmem => IndependentStep.Run($"Confirming the claim of {pmem.Use.Path}", () => running.Confirm(pmem.Device))));
        var warnings = QemuLog.Warnings(context.Configuration.QemuLogFolder, qemu.VmName);
        return HookResult.Of([.. unread, .. confirmed, .. warnings]) with { Subject = $"VM {qemu.VmName}" };
    }

    /// <summary>Claims the devices of an already running VM for its QEMU. A device that fails does not stop the others.</summary>
    public static HookResult ClaimAgain(HookContext context, IReadOnlyList<string> paths)
    {
        var (qemu, refusal) = Find(context);
        if (qemu is null || refusal is not null)
        {
            return HookResult.Of(refusal is null ? [] : [refusal]);
        }

        var running = new RunningVm(context, qemu);
        var findings = paths.SelectMany(path => IndependentStep.Run($"Claiming {path}", () => running.Claim(path)));
        return HookResult.Of(findings) with { Subject = $"VM {qemu.VmName}" };
    }

    /// <summary>The VM's QEMU process, or the reason why nothing can be claimed for it.</summary>
    private static (QemuProcess? Qemu, Finding? Refusal) Find(HookContext context)
    {
        if (!Guid.TryParse(context.VmId, out var id) || new QemuProcesses(context.Root).Find(id) is not { } qemu)
        {
            var reason = $"no QEMU of the VM {context.VmId} is running";
            return (null, Finding.Error(NvdimmCodes.HookFailed, ("what", "Confirming the claims"), ("reason", reason)));
        }

        return (qemu, StateFolder.Refusal(context.Configuration.StateFolder, MachineId.Of(context.Root)));
    }

    private IEnumerable<Finding> Claim(string path) => devices.Find(path) is { } device
        ? Claim(DeviceIdentity.Of(device), device.Name)
        : [Finding.Error(NvdimmCodes.XmlUnmatched, ("path", path))];

    /// <summary>Hands the claim to QEMU, and records the use.</summary>
    private IEnumerable<Finding> Confirm(NvdimmElement element)
    {
        if (devices.Find(element.Path) is not { } device)
        {
            return [Finding.Error(NvdimmCodes.XmlUnmatched, ("path", element.Path))];
        }

        // Claim first: without the claim anybody can take the device as soon as VDSM ends, whatever happens to the record.
        var identity = DeviceIdentity.Of(device);
        var refusals = Claim(identity, device.Name).ToList();
        return [.. refusals, .. IndependentStep.Run(
            $"Comparing {device.Name} with its record", () => Note(element, device, identity, isClaimed: refusals.Count == 0))];
    }

    /// <summary>Hands the claim of a virtio-pmem device to QEMU.</summary>
    private IEnumerable<Finding> Confirm(NvdimmDevice device) => Claim(DeviceIdentity.Of(device), device.Name);

    /// <summary>
    /// Compares what libvirt passed to QEMU with the record, and records the use. The guest already runs, so a damaged record or a failed
    /// write must not end it.
    /// </summary>
    private IEnumerable<Finding> Note(NvdimmElement element, NvdimmDevice device, DeviceIdentity identity, bool isClaimed)
    {
        var lookup = ledger.Find(identity);
        if (lookup.Record is not { Layout: not null } record)
        {
            return Warnings(lookup.Findings);
        }

        var differences = StartConfirmation.Differences(element, record).ToList();
        if (differences.Count > 0)
        {
            return differences;
        }

        return context.IsSimulation || !isClaimed
            ? []
            : Warnings(IndependentStep.Run(
                $"Noting the use of {device.Name}", () => UseRecorder.Save(ledger, record, new LabelProbe(context.Root), device)));
    }

    private static IEnumerable<Finding> Warnings(ValueList<Finding> findings) =>
        findings.Select(finding => finding with { Severity = Severity.Warning });

    private IEnumerable<Finding> Claim(DeviceIdentity identity, string name)
    {
        if (context.IsSimulation)
        {
            return [];
        }

        var holder = ClaimHolder.OfProcess(qemu.VmName, context.VmId, qemu.ProcessId);
        if (claims.FindOf(identity, context.VmId) is { } claim && claims.Transfer(claim, holder) is not null)
        {
            return [];
        }

        return claims.TryClaim(identity, name, holder).Findings;
    }
}
