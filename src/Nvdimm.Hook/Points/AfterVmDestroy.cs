using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
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
        var (_, elements, unread) = NvdimmText.Read(context.Payload);
        return elements.Count == 0 || context.IsSimulation
            ? HookResult.Of(unread)
            : HookResult.Of([.. unread, .. elements.SelectMany(element => Attempt.Of($"Releasing the claim of {element.Path}", () => Release(context, element)))]);
    }

    private static IEnumerable<Finding> Release(HookContext context, NvdimmElement element)
    {
        if (new HostDevices(context.Root).Find(element.Path) is not { } device)
        {
            return [Finding.Warning(NvdimmCodes.XmlUnmatched, ("path", element.Path))];
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
