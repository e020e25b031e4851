using System.Globalization;
using System.Text;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>
/// The QEMUs that libvirt's system daemon runs now, by its pid files in <c>/run/libvirt/qemu</c> and <c>/proc</c>. Both can be read
/// without root's rights; libvirt need not be asked, which would take longer than all else.
/// </summary>
/// <param name="root">The folder below which <c>run</c> is; <c>/</c>, except in tests. Processes are those of this host in any case.</param>
public sealed class QemuProcesses(string root = "/")
{
    private const string End = ".pid";

    /// <summary>The running QEMUs. A pid file whose process is gone counts for none.</summary>
    /// <exception cref="IOException">The folder or a file is there and cannot be read, or processes of others are hidden.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file may not be read.</exception>
    public ValueList<QemuProcess> List() => Files().Select(Read).OfType<QemuProcess>().ToValueList();

    /// <summary>The QEMU of a VM; null where none is running. What cannot be read of others does not matter once it is found.</summary>
    /// <param name="vmId">The domain's uuid.</param>
    /// <exception cref="IOException">It is not found, and the folder or a file is there and cannot be read, or processes of others are hidden.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not found, and the folder or a file may not be read.</exception>
    public QemuProcess? Find(Guid vmId)
    {
        var unread = new List<string>();
        foreach (var file in Files())
        {
            try
            {
                if (Read(file) is { } process && process.VmId == vmId)
                {
                    return process;
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                unread.Add($"{file}: {failure.Message}");
            }
        }

        return unread.Count == 0 ? null : throw new IOException(string.Join("; ", unread));
    }

    private IEnumerable<string> Files()
    {
        var folder = Path.Combine(root, "run", "libvirt", "qemu");
        return SmallFolder.NamesOrNull(folder, end: End)?.Select(name => Path.Combine(folder, name)) ?? [];
    }

    private static QemuProcess? Read(string file)
    {
        try
        {
            if (!int.TryParse(SmallFile.TextOrNull(file), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            {
                return null;
            }

            if (SmallFile.BytesOrNull($"/proc/{pid}/cmdline") is not { } line)
            {
                OtherProcesses.RequireVisible();
                return null;
            }

            var arguments = Encoding.UTF8.GetString(line).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            return arguments.Length == 0 ? null : new QemuProcess(pid, Path.GetFileName(file)[..^End.Length], arguments.ToValueList());
        }
        catch (IOException gone) when (gone.HResult == NoSuchProcess)
        {
            return null;
        }
    }

    /// <summary>ESRCH: the process ended while its file was read.</summary>
    private const int NoSuchProcess = 3;
}
