using System.Text.Json;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Listing;

/// <summary>
/// The NVDIMMs that were last reported, in the folder <c>report</c> of the state folder, in the report's own shape. A help and no condition:
/// what cannot be read or written here is a warning, and the report goes to the engine as it was repaired.
/// </summary>
/// <param name="folder">The state folder, which several hosts may share: each has a report of its own.</param>
/// <param name="host">The host.</param>
/// <param name="findings">Takes what could not be read or written.</param>
internal sealed class LastGoodReport(string folder, string host, List<Finding> findings)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private string Folder => Path.Combine(folder, "report");

    private string File => Path.Combine(Folder, $"last-good@{host}.json");

    /// <summary>What was last reported; null where that is not known.</summary>
    public IReadOnlyList<ReportedNvdimm>? Read()
    {
        try
        {
            // Asking first whether there is one would take a file that may not be seen for one that is not there.
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

    /// <summary>Stores a report, durably, where it is another one than the last.</summary>
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

    private void Warn(string what, Exception failure) => findings.Add(HookException.Failed(what, failure).Finding with { Severity = Severity.Warning });
}
