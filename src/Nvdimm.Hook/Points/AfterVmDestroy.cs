using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Sysfs;
using Nvdimm.Hook.Files;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Points;

/// <summary>A VM is gone: its claims are released, and the labels that its guest has left are noted.</summary>
internal sealed class AfterVmDestroy : IHookPoint
{
    public int FailureStatus => ExitStatus.Failed;

    public HookResult Run(HookContext context)
    {
        var (_, elements, others, unread) = NvdimmText.Read(context.Payload);
        string[] paths = [.. elements.Select(element => element.Path), .. HostMemoryUses.Find(others, context).Pmems.Select(pmem => pmem.Use.Path)];
        return paths.Length == 0 || context.IsSimulation
            ? HookResult.Of(unread)
            : HookResult.Of([.. unread, .. paths.SelectMany(path => Attempt.Of($"Releasing the claim of {path}", () => Release(context, path)))]);
    }

    private static IEnumerable<Finding> Release(HookContext context, string path)
    {
        if (new HostDevices(context.Root).Find(path) is not { } device)
        {
            return [Finding.Warning(NvdimmCodes.XmlUnmatched, ("path", path))];
        }

        var folder = context.Configuration.StateFolder;
        var host = MachineId.Of(context.Root);
        var (ledger, claims) = (new LayoutLedger(folder, context.Time, host), new DeviceClaims(folder, context.Time, host));
        var identity = DeviceIdentity.Of(device);

        // Where no claim of this VM was held, nothing ran: a refused start leaves no trace. While the claim is held nobody else writes the record.
        if (claims.FindOf(identity, context.VmId) is not { } claim)
        {
            return [];
        }

        var findings = Attempt.Of($"Noting the labels of {device.Name}", () => ledger.Find(identity).Record is { Layout: not null } record
            ? LabelNotes.Save(ledger, record, new LabelProbe(context.Root), device)
            : []);
        claims.Release(claim);
        return findings;
    }
}
