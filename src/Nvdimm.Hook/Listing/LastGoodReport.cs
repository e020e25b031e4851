using System.Text.Json;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Listing;

/// <summary>
/// The NVDIMMs of the last report, stored in the folder <c>report</c> of the state folder in the format of the report. It only helps: if it
/// cannot be read or written, that is a warning, and the repaired report still goes to the engine.
/// </summary>
/// <param name="folder">The state folder. Several hosts may share it; each has its own report.</param>
/// <param name="host">The host.</param>
internal sealed class LastGoodReport(string folder, string host)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private string Folder => Path.Combine(folder, "report");

    private string File => Path.Combine(Folder, $"last-good@{host}.json");

    /// <summary>The NVDIMMs of the last report; null if there is none, and null with a warning if it cannot be read.</summary>
    public (IReadOnlyList<ReportedNvdimm>? Nvdimms, ValueList<Finding> Findings) Read()
    {
        try
        {
            // Testing for existence first would confuse a file that we lack the right to see with a missing one.
            return (HostReport.Read(System.IO.File.ReadAllBytes(File)).Nvdimms, []);
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, [Warning("Reading the last report", failure)]);
        }
        catch (HookException damaged) when (damaged.InnerException is JsonException or InvalidOperationException or FormatException)
        {
            return (null, [Warning($"Reading the last report, {File},", damaged.InnerException)]);
        }
    }

    /// <summary>Stores a report durably, if it differs from the last one; returns a warning if that fails.</summary>
    public ValueList<Finding> Save(IReadOnlyCollection<ReportedNvdimm> devices, IReadOnlyList<ReportedNvdimm>? last)
    {
        if (last is not null && last.SequenceEqual(devices))
        {
            return [];
        }

        var text = HostReport.Read("{}"u8.ToArray()).With(devices);
        try
        {
            LockedFolder.Within(Folder, LockTimeout, () =>
            {
                DurableFiles.Write(File, text);
                return text;
            });
            return [];
        }
        catch (LayoutLedgerException failure)
        {
            return [Warning("Keeping the report, for when ndctl fails,", failure)];
        }
    }

    private static Finding Warning(string what, Exception failure) =>
        HookException.Failed(what, failure).Finding with { Severity = Severity.Warning };
}
