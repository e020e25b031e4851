using System.Text.Json;
using Nvdimm.Extensions.Host.Layouts;

namespace Nvdimm.Hook.Listing;

/// <summary>The NVDIMMs that were last reported, in the folder <c>report</c> of the state folder, in the report's own shape.</summary>
/// <param name="folder">The state folder.</param>
internal sealed class LastGoodReport(string folder)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private string Folder => Path.Combine(folder, "report");

    private string File => Path.Combine(Folder, "last-good.json");

    /// <summary>What was last reported. A report that cannot be read is none: the kernel is asked in any case.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public IReadOnlyList<ReportedNvdimm> Read()
    {
        try
        {
            return Path.Exists(File) ? HostReport.Read(System.IO.File.ReadAllBytes(File)).Nvdimms : [];
        }
        catch (HookException damaged) when (damaged.InnerException is JsonException or InvalidOperationException or FormatException)
        {
            return [];
        }
    }

    /// <summary>Stores a report, durably, where it is another one than the last.</summary>
    /// <exception cref="LayoutLedgerException">The system does not let it be written, or others take more than 10 seconds.</exception>
    public void Save(IReadOnlyCollection<ReportedNvdimm> devices, IReadOnlyList<ReportedNvdimm> last)
    {
        if (last.SequenceEqual(devices))
        {
            return;
        }

        var text = HostReport.Read("{}"u8.ToArray()).With(devices);
        FolderLock.Within(Folder, LockTimeout, () =>
        {
            DurableFiles.Write(File, text);
            return text;
        });
    }
}
