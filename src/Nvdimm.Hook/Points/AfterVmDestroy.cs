using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
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
        var (ledger, claims) = (new LayoutLedger(folder, context.Time), new DeviceClaims(folder, context.Time));
        var identity = DeviceIdentity.Of(device);

        // While the claim is held nobody else writes this record. Where that fails the claim is released all the same: the VM is gone.
        var findings = Attempt.Of($"Noting the labels of {device.Name}", () => ledger.Find(identity).Record is { Layout: not null } record && IsOwn(context, record.VmId)
            ? LabelNotes.Save(ledger, record, new LabelProbe(context.Root), device)
            : []);
        if (claims.FindOf(identity, context.VmId) is { } claim)
        {
            claims.Release(claim);
        }

        return findings;
    }

    private static bool IsOwn(HookContext context, string? vmId) => vmId is not null && string.Equals(vmId, context.VmId, StringComparison.OrdinalIgnoreCase);
}
