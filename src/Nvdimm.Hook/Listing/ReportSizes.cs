using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Hook.Listing;

/// <summary>Finds the figures with which the engine's own formula arrives at the device's existing layout, or at one that works.</summary>
internal sealed class ReportSizes(HookConfiguration configuration, ValueList<LayoutRecord> records, string root)
{
    private readonly LabelProbe probe = new(root);

    /// <summary>
    /// The entry with these figures, and a warning if they differ from its own; unchanged if none are found; null, with a warning, for a
    /// device whose size makes it unusable for every VM.
    /// </summary>
    public (ReportedNvdimm? Entry, ValueList<Finding> Findings) Of(ReportedNvdimm entry, NvdimmDevice device)
    {
        if (device.Path is null || SizingRequest.For(Guest(device), device) is not { } sizing)
        {
            return (entry, []);
        }

        var request = sizing with { HostPageSize = Alignment.FromBytes(Environment.SystemPageSize) };
        if (!configuration.OffersUnusable && IsHopeless(request, device))
        {
            var reasons = NvdimmSizer.Size(request).Findings.Where(finding => finding.Severity == Severity.Error)
                .Select(finding => finding.Message);
            var withheld = Finding.Warning(
                NvdimmCodes.HookReportWithheld,
                ("device", device.Name),
                ("reason", $"there is no size with which the engine could start a VM: {string.Join(' ', reasons).TrimEnd('.')}"));
            return (null, [withheld]);
        }

        if (!configuration.AdjustsSizes || Report(request, device) is not { } report)
        {
            return (entry, []);
        }

        var adjusted = entry with { DeviceSize = report.DeviceSize.Bytes, AlignSize = report.Align?.Bytes };
        if (report.IsUnchanged)
        {
            return (adjusted, []);
        }

        var sized = Finding.Warning(
            NvdimmCodes.HookReportSized,
            ("device", device.Name),
            ("size", $"{report.DeviceSize.Bytes}"),
            ("align", report.Align is { } align ? $"{align.Bytes}" : "none"),
            ("realSize", $"{device.Size?.Bytes}"),
            ("realAlign", device.Align is { } real ? $"{real.Bytes}" : "none"),
            ("target", $"{report.Layout.TargetSize.Bytes}"));
        return (adjusted, [sized]);
    }

    /// <summary>
    /// Whether no figures lead the engine to a layout that starts, and nothing shows that the device was ever used. A device in use would
    /// have a layout that the engine cannot compute.
    /// </summary>
    private bool IsHopeless(in SizingRequest request, NvdimmDevice device) => RecordOf(device)?.Layout is null
        && NvdimmSizer.Size(request).IsRefused
        && EngineReport.For(request) is null
        && Survey(request, device) is { IsReadable: true, Found.Count: 0, Damaged.Count: 0 };

    /// <summary>
    /// The report for the recorded layout; without one, for the only labels on the device; without labels, for a layout that works.
    /// </summary>
    private EngineReport? Report(in SizingRequest request, NvdimmDevice device)
    {
        if (RecordOf(device)?.Layout is { } recorded)
        {
            return EngineReport.Keeping(request with { LabelSize = recorded.LabelSize }, recorded.TargetSize, recorded.AlignSize);
        }

        var fresh = EngineReport.For(request);
        if (Survey(request, device).Found is not { Count: > 0 } layouts)
        {
            // A device without labels may still be in use. If the engine's own figures start, keep them.
            return NvdimmSizer.Size(request).IsRefused ? fresh : null;
        }

        // If the report leads to other labels than those on the device, the start would be refused.
        if (layouts.Count > 1
            || KeptLayout.At(request, layouts[0], LayoutCandidates.For(request)) is not { IsAllowed: true, Layout: var kept })
        {
            return null;
        }

        // The engine always writes its own label size; the hook replaces it with the kept size at the start.
        var keptRequest = request with { LabelSize = kept.Request.LabelSize };
        return keptRequest == request && fresh?.Layout.LabelOffset == kept.LabelOffset
            ? fresh
            : EngineReport.Keeping(keptRequest, kept.TargetSize, kept.AlignSize);
    }

    private LayoutRecord? RecordOf(NvdimmDevice device)
    {
        var identity = DeviceIdentity.Of(device);
        return records.FirstOrDefault(record => record.Identity == identity);
    }

    /// <summary>
    /// The labels near the end of the device. The device list must be fast, so only the start of a VM searches the whole device.
    /// </summary>
    private LabelSurvey Survey(in SizingRequest request, NvdimmDevice device) =>
        probe.Survey(device, new LabelSearch { Scope = LabelSearchScope.NearEnd, LabelSize = request.LabelSize });

    /// <summary>The architecture of the guest: as recorded for the device, else that of the host's guests.</summary>
    private GuestArchitecture Guest(NvdimmDevice device) => RecordOf(device)?.Layout?.Architecture
        ?? HostArchitecture.OfGuests;
}
