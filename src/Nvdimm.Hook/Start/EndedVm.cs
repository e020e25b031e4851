using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Start;

/// <summary>Releases the claims of a VM that no longer runs, and records the labels that its guest left.</summary>
/// <param name="context">The VM.</param>
/// <param name="isAnyHolder">
/// Whether to release a claim whoever holds it. VDSM names one of its own VMs that is gone. libvirt names a domain, and a domain with the
/// same id may run under another daemon, so a claim stays if its process is alive and is not the caller.
/// </param>
internal sealed class EndedVm(HookContext context, bool isAnyHolder)
{
    /// <summary>Releases each claim; a failed release does not stop the others.</summary>
    public HookResult Release(IReadOnlyList<string> paths, ValueList<Finding> unread) => paths.Count == 0 || context.IsSimulation
        ? HookResult.Of(unread)
        : HookResult.Of(
            [.. unread, .. paths.SelectMany(path => IndependentStep.Run($"Releasing the claim of {path}", () => Release(path)))]);

    private IEnumerable<Finding> Release(string path)
    {
        if (new HostDevices(context.Root).Find(path) is not { } device)
        {
            return [Finding.Warning(NvdimmCodes.XmlUnmatched, ("path", path))];
        }

        var folder = context.Configuration.StateFolder;
        var host = MachineId.Of(context.Root);
        var (ledger, claims) = (new LayoutLedger(folder, context.Time, host), new DeviceClaims(folder, context.Time, host));
        var identity = DeviceIdentity.Of(device);

        // If no claim of this VM was held, nothing ran: a refused start leaves no trace. While the claim is held, nobody else writes the
        // record.
        if (claims.FindOf(identity, context.VmId) is not { } claim || !IsReleased(claim.Holder))
        {
            return [];
        }

        var findings = IndependentStep.Run(
            $"Noting the labels of {device.Name}", () => ledger.Find(identity) is var lookup && lookup.Record is { Layout: not null } record
            ? UseRecorder.Save(ledger, record, new LabelProbe(context.Root), device)
            : lookup.Findings.Select(finding => finding with { Severity = Severity.Warning }));
        claims.Release(claim);
        return findings;
    }

    private bool IsReleased(ClaimHolder holder) => isAnyHolder || !holder.IsAlive || holder.ProcessId == LinuxCalls.ParentProcess();
}
