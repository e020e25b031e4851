using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.DevEngine.Nvdimms;

/// <summary>How an NVDIMM is started with.</summary>
/// <param name="Element">What the domain says of it.</param>
/// <param name="Verdict">What the host says of it; null where it was not asked.</param>
/// <param name="Refusals">Why the VM must not start with it.</param>
internal sealed record NvdimmStart(NvdimmElement Element, StartVerdict? Verdict, ValueList<Finding> Refusals)
{
    /// <summary>
    /// The layout that the category has computed where ledger and labels agree with it, otherwise the recorded one; where labels are elsewhere
    /// than the ledger says, or there is no record of them, nothing is chosen.
    /// </summary>
    public static NvdimmStart Plan(StartCheck check, NvdimmElement element, NvdimmDevice device, DeviceClaim claim)
    {
        if (element is not { Architecture: { } architecture, AlignSize: { } align, LabelSize: { } label, GuestNode: { } node }
            || SizingRequest.For(architecture, device) is not { } sizing)
        {
            return new NvdimmStart(element, null, [Finding.Error(NvdimmCodes.Unusable, ("device", device.Name), ("reasons", "its size or what the domain makes of it is not known"))]);
        }

        var request = sizing with { LabelSize = label, HostPageSize = Alignment.FromBytes(Environment.SystemPageSize) };
        var computed = NvdimmSizer.Keep(request, element.TargetSize, Alignment.FromBytes(align.Bytes));
        if (computed.Layout is not { } layout)
        {
            return new NvdimmStart(element, null, computed.Findings);
        }

        var verdict = check.Check(device, DeviceLayout.Of(layout, element.Uuid), claim);
        return verdict is { Layout: { IsAllowed: false, Evidence.Recorded.Record.Layout: { } recorded } }
            ? Keep(check, element, device, claim, KeptLayout.Of(request, recorded), recorded.GuestUuid, node)
            : new NvdimmStart(element, verdict, verdict.Refusals);
    }

    private static NvdimmStart Keep(StartCheck check, NvdimmElement element, NvdimmDevice device, DeviceClaim claim, KeptLayout kept, Guid? uuid, int node)
    {
        if (!kept.IsPossible || kept.Layout.Request.Architecture.IsPower != uuid.HasValue)
        {
            return new NvdimmStart(element, null, kept.IsPossible ? [Finding.Error(NvdimmCodes.NoStableGuestUuid, ("device", device.Name))] : kept.Findings);
        }

        var verdict = check.Check(device, DeviceLayout.Of(kept.Layout, uuid), claim);
        var made = NvdimmElement.Create(device, kept.Layout, node);
        return new NvdimmStart(
            made.Element is { } own ? (uuid is { } guest ? own.WithUuid(guest) : own) : element,
            verdict,
            [.. verdict.Refusals, .. made.Findings.Where(finding => finding.Severity == Severity.Error)]);
    }
}
