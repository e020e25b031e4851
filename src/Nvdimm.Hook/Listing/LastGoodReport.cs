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
/// <param name="findings">Takes a warning for each failed read or write.</param>
internal sealed class LastGoodReport(string folder, string host, List<Finding> findings)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private string Folder => Path.Combine(folder, "report");

    private string File => Path.Combine(Folder, $"last-good@{host}.json");

    /// <summary>The NVDIMMs of the last report; null if there is none or it cannot be read.</summary>
    public IReadOnlyList<ReportedNvdimm>? Read()
    {
        try
        {
            // Testing for existence first would confuse a file that we lack the right to see with a missing one.
            return HostReport.Read(System.IO.File.ReadAllBytes(File)).Nvdimms;
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Warn("Reading the last report", failure);
            return null;
        }
        catch (HookException damaged) when (damaged.InnerException is JsonException or InvalidOperationException or FormatException)
        {
            Warn($"Reading the last report, {File},", damaged.InnerException);
            return null;
        }
    }

    /// <summary>Stores a report durably, if it differs from the last one.</summary>
    public void Save(IReadOnlyCollection<ReportedNvdimm> devices, IReadOnlyList<ReportedNvdimm>? last)
    {
        if (last is not null && last.SequenceEqual(devices))
        {
            return;
        }

        var text = HostReport.Read("{}"u8.ToArray()).With(devices);
        try
        {
            LockedFolder.Within(Folder, LockTimeout, () =>
            {
                DurableFiles.Write(File, text);
                return text;
            });
        }
        catch (LayoutLedgerException failure)
        {
            Warn("Keeping the report, for when ndctl fails,", failure);
        }
    }

    private void Warn(string what, Exception failure) =>
        findings.Add(HookException.Failed(what, failure).Finding with { Severity = Severity.Warning });
}
