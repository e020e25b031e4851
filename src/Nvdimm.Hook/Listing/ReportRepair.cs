using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Hook.Listing;

/// <summary>
/// Repairs a host report. It fails open: if something cannot be determined, the report stays as VDSM wrote it and a finding says why. A
/// device that is missing from one report loses its VM.
/// </summary>
internal sealed class ReportRepair(HookContext context, HostReport report)
{
    private readonly SysfsNvdimmReader sysfs = new(context.Root);
    private readonly List<Finding> findings = [];

    public HookResult Run()
    {
        var (listed, unread) = sysfs.Survey();
        if (report.Nvdimms.Count == 0 && listed.Count == 0 && unread.Count == 0)
        {
            return HookResult.Nothing;
        }

        var configuration = context.Configuration;
        findings.AddRange(unread.Select(space =>
            Finding.Warning(NvdimmCodes.HookFailed, ("what", $"Reading {space.Name} from sysfs"), ("reason", space.Reason))));
        var kernel = listed.ToDictionary(device => device.Name, StringComparer.Ordinal);
        var isOurs = IsFolderOurs(configuration.StateFolder);
        var lastGood = new LastGoodReport(configuration.StateFolder, MachineId.Of(context.Root));
        var last = isOurs ? Noted(lastGood.Read()) : null;
        var records = isOurs ? Records(configuration.StateFolder) : [];
        var sizes = new ReportSizes(configuration, records, context.Root);
        var offers = new ReportOffers(configuration, records, listed, context.Root);
        var devices = Complete(kernel, unread, last ?? [])
            .Concat(NotThere(kernel, unread, records, last ?? []))
            .Select(entry => AsLast(entry, kernel, offers, last ?? []))
            .Where(entry => kernel.GetValueOrDefault(entry.Name) is not { } device || Noted(offers.Decide(device)))
            .Select(entry => WithSize(entry, last ?? []))
            .OfType<ReportedNvdimm>()
            .Select(entry => kernel.GetValueOrDefault(entry.Name) is { } device && device.Size != ByteSize.Zero
                && offers.RawAreaOf(device) is null
                ? Noted(sizes.Of(entry, device))
                : entry)
            .OfType<ReportedNvdimm>()
            .ToList();
        findings.AddRange(offers.NamesToAccept is { } line ? [line] : []);
        findings.AddRange(devices
            .Where(device => report.Nvdimms.All(entry => entry.Name != device.Name))
            .Select(device => Finding.Warning(NvdimmCodes.HookReportRestored, ("device", device.Name))));
        if (!context.IsSimulation && isOurs)
        {
            findings.AddRange(lastGood.Save(devices, last));
        }

        return new HookResult(findings.ToValueList(), devices.SequenceEqual(report.Nvdimms) ? null : report.With(devices));
    }

    /// <summary>Returns a value, and adds its findings to those of this repair.</summary>
    private T Noted<T>((T Value, ValueList<Finding> Findings) read)
    {
        findings.AddRange(read.Findings);
        return read.Value;
    }

    /// <summary>
    /// The repaired NVDIMMs: VDSM's entries, with the kernel's figures where they differ; then those that only the kernel has; then those
    /// of the last report that exist but have no device file at the moment, or cannot be read.
    /// </summary>
    private IEnumerable<ReportedNvdimm> Complete(
        Dictionary<string, NvdimmDevice> kernel, ValueList<UnreadNamespace> unread, IReadOnlyList<ReportedNvdimm> last)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in report.Nvdimms)
        {
            if (names.Add(entry.Name))
            {
                yield return entry with { NumaNode = entry.NumaNode ?? 0 };
            }
        }

        foreach (var device in kernel.Values.Where(device => !names.Contains(device.Name))
            .OrderBy(device => device.Name, StringComparer.Ordinal)
            .ToList())
        {
            var earlier = last.FirstOrDefault(entry => entry.Name == device.Name);
            if (device.Path is null && earlier is null)
            {
                continue;
            }

            names.Add(device.Name);
            yield return device.Path is null || device.Size is null ? earlier! : ReportedNvdimm.Of(device);
        }

        foreach (var earlier in last.Where(entry => unread.Any(space => space.Name == entry.Name) && names.Add(entry.Name)))
        {
            yield return earlier;
        }
    }

    /// <summary>
    /// The entries of the last report for devices that the ledger assigns to a VM and the kernel does not show at the moment, because a
    /// driver is late or a region is disabled. Without the entry the engine would detach the device for good.
    /// </summary>
    private IEnumerable<ReportedNvdimm> NotThere(
        Dictionary<string, NvdimmDevice> kernel,
        ValueList<UnreadNamespace> unread,
        ValueList<LayoutRecord> records,
        IReadOnlyList<ReportedNvdimm> last) => records
        .Where(record => record.IsExpected
            && !kernel.ContainsKey(record.Name)
            && !unread.Any(space => space.Name == record.Name)
            && report.Nvdimms.All(entry => entry.Name != record.Name)
            && !kernel.Values.Any(device => Sameness.Compare(record.Facts, DeviceFacts.Of(device)).IsSame))
        .Select(record => last.FirstOrDefault(entry => entry.Name == record.Name))
        .OfType<ReportedNvdimm>()
        .DistinctBy(entry => entry.Name, StringComparer.Ordinal);

    /// <summary>
    /// The last reported entry for a VM's namespace that currently shows its raw area: it still belongs to the VM, and the figures of the
    /// raw area are not its own.
    /// </summary>
    private ReportedNvdimm AsLast(
        ReportedNvdimm entry, Dictionary<string, NvdimmDevice> kernel, ReportOffers offers, IReadOnlyList<ReportedNvdimm> last)
    {
        if (kernel.GetValueOrDefault(entry.Name) is not { } device || offers.RawAreaOf(device) is not { } record)
        {
            return entry;
        }

        findings.Add(record.ShiftedDataFinding(device.Name) with { Severity = Severity.Warning });
        return last.FirstOrDefault(reported => reported.Name == entry.Name) ?? entry;
    }

    /// <summary>
    /// The last reported entry in place of one with 0 bytes; null if it was never reported: the engine must not plan a VM with size 0.
    /// </summary>
    private ReportedNvdimm? WithSize(ReportedNvdimm entry, IReadOnlyList<ReportedNvdimm> last)
    {
        if (entry.DeviceSize is not 0)
        {
            return entry;
        }

        var earlier = last.FirstOrDefault(reported => reported.Name == entry.Name && reported.DeviceSize > 0);
        if (earlier is null)
        {
            findings.Add(Finding.Warning(NvdimmCodes.HookReportWithheld, ("device", entry.Name), ("reason", "it has 0 bytes")));
        }

        return earlier;
    }

    /// <summary>
    /// Whether the folder exists and is this host's. A missing or foreign folder is not read, and the hook never creates one.
    /// </summary>
    private bool IsFolderOurs(string folder)
    {
        try
        {
            if (StateFolder.Refusal(folder, MachineId.Of(context.Root)) is { } refusal)
            {
                findings.Add(refusal with { Severity = Severity.Warning });
                return false;
            }

            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            findings.Add(Finding.Warning(NvdimmCodes.LedgerUnreadable, ("reason", failure.Message)));
            return false;
        }
    }

    /// <summary>
    /// The ledger's records; empty without a ledger: layouts are then unknown, and the report treats every device as new.
    /// </summary>
    private ValueList<LayoutRecord> Records(string folder)
    {
        try
        {
            var ledger = new LayoutLedger(folder, context.Time, MachineId.Of(context.Root));
            var listing = ledger.List();
            findings.AddRange(listing.Findings.Select(finding => finding with { Severity = Severity.Warning }));
            return listing.Records.Where(record => record.IsOf(ledger.Host)).ToValueList();
        }
        catch (LayoutLedgerException failure)
        {
            findings.Add(Finding.Warning(NvdimmCodes.LedgerUnreadable, ("reason", failure.Message)));
            return [];
        }
    }
}
