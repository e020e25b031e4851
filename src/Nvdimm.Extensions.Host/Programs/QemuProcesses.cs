using System.Globalization;
using System.Text;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>
/// Lists the running QEMUs of libvirt's system daemon, from its pid files in <c>/run/libvirt/qemu</c> and from <c>/proc</c>. Both can be
/// read without root's rights. libvirt is not asked, because that would take longer than everything else.
/// </summary>
/// <param name="root">The folder below which <c>run</c> is; <c>/</c>, except in tests. Processes are always those of this host.</param>
public sealed class QemuProcesses(string root = "/")
{
    private const string End = ".pid";

    /// <summary>The running QEMUs. A pid file without its process does not count.</summary>
    /// <exception cref="IOException">The folder or a file exists and cannot be read, or processes of other users are hidden.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the folder or a file.</exception>
    public ValueList<QemuProcess> List() => Files().Select(Read).OfType<QemuProcess>().ToValueList();

    /// <summary>The QEMU of a VM; null if none is running. Unreadable files of other VMs do not matter if it is found.</summary>
    /// <param name="vmId">The domain's uuid.</param>
    /// <exception cref="IOException">
    /// It is not found, and the folder or a file exists and cannot be read, or processes of other users are hidden.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">
    /// It is not found, and the process lacks the right to read the folder or a file.
    /// </exception>
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
        catch (IOException gone) when (gone.HResult == Errno.NoSuchProcess)
        {
            return null;
        }
    }
}
