using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Hook.Listing;

/// <summary>The figures with which the engine's own formula leads to the layout that a device has, or to one that works.</summary>
internal sealed class ReportSizes(HookConfiguration configuration, ValueList<LayoutRecord> records, string root, List<Finding> findings)
{
    /// <summary>The entry with these figures; as it is where none can be found; null for a device that no VM can use because of its size.</summary>
    public ReportedNvdimm? Of(ReportedNvdimm entry, NvdimmDevice device)
    {
        if (device.Path is null || SizingRequest.For(Guest(device), device) is not { } sizing)
        {
            return entry;
        }

        var request = sizing with { HostPageSize = Alignment.FromBytes(Environment.SystemPageSize) };
        if (!configuration.OffersUnusable && IsHopeless(request, device))
        {
            var reasons = NvdimmSizer.Size(request).Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Message);
            findings.Add(Finding.Warning(
                NvdimmCodes.HookReportWithheld,
                ("device", device.Name),
                ("reason", $"there is no size with which the engine could start a VM: {string.Join(' ', reasons).TrimEnd('.')}")));
            return null;
        }

        if (!configuration.AdjustsSizes || Report(request, device) is not { } report)
        {
            return entry;
        }

        var adjusted = entry with { DeviceSize = report.DeviceSize.Bytes, AlignSize = report.Align?.Bytes };
        if (!report.IsUnchanged)
        {
            findings.Add(Finding.Warning(
                NvdimmCodes.HookReportSized,
                ("device", device.Name),
                ("size", $"{report.DeviceSize.Bytes}"),
                ("align", report.Align is { } align ? $"{align.Bytes}" : "none"),
                ("realSize", $"{device.Size?.Bytes}"),
                ("realAlign", device.Align is { } real ? $"{real.Bytes}" : "none"),
                ("target", $"{report.Layout.TargetSize.Bytes}")));
        }

        return adjusted;
    }

    /// <summary>
    /// Whether neither the device's own figures nor any others lead the engine to a layout that starts, and nothing says that the device was
    /// ever used, which would have to be by a layout that the engine does not make.
    /// </summary>
    private bool IsHopeless(in SizingRequest request, NvdimmDevice device) => RecordOf(device)?.Layout is null
        && NvdimmSizer.Size(request).IsRefused
        && EngineReport.For(request) is null
        && Survey(request, device) is { IsReadable: true, Found.Count: 0, Damaged.Count: 0 };

    /// <summary>The recorded layout, otherwise that of the only labels on the device, otherwise one that works.</summary>
    private EngineReport? Report(in SizingRequest request, NvdimmDevice device)
    {
        if (RecordOf(device)?.Layout is { } recorded)
        {
            return EngineReport.Keeping(request with { LabelSize = recorded.LabelSize }, recorded.TargetSize, recorded.AlignSize);
        }

        var fresh = EngineReport.For(request);
        if (Survey(request, device).Found is not { Count: > 0 } found)
        {
            // A device without labels may be in use all the same: what starts with the engine's own figures keeps them.
            return NvdimmSizer.Size(request).IsRefused ? fresh : null;
        }

        // A report that leads to other labels than those on the device would only be refused at the start.
        if (found.Count > 1 || KeptLayout.At(request, found[0], LayoutCandidates.For(request)) is not { IsPossible: true, Layout: var kept })
        {
            return null;
        }

        // The engine writes its own label size whatever it is told; the hook puts the kept one in its place at the start.
        var own = request with { LabelSize = kept.Request.LabelSize };
        return own == request && fresh?.Layout.LabelOffset == kept.LabelOffset ? fresh : EngineReport.Keeping(own, kept.TargetSize, kept.AlignSize);
    }

    private LayoutRecord? RecordOf(NvdimmDevice device)
    {
        var identity = DeviceIdentity.Of(device);
        return records.FirstOrDefault(record => record.Identity == identity);
    }

    /// <summary>The labels near the end of the device: a list of devices must not take long, and the start of a VM looks further.</summary>
    private LabelSurvey Survey(in SizingRequest request, NvdimmDevice device) =>
        new LabelProbe(root).Survey(device, new LabelSearch { Scope = LabelSearchScope.NearEnd, LabelSize = request.LabelSize });

    /// <summary>The guests of a host have its architecture; a device that a guest has used has that one's.</summary>
    private GuestArchitecture Guest(NvdimmDevice device) => RecordOf(device)?.Layout?.Architecture
        ?? HostArchitecture.OfGuests;
}
