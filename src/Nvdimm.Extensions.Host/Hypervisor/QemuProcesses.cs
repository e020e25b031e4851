using System.Globalization;
using System.Text;

namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>
/// The QEMUs that libvirt's system daemon runs now, by its pid files in <c>/run/libvirt/qemu</c> and <c>/proc</c>. Both can be read
/// without root's rights; libvirt need not be asked, which would take longer than all else.
/// </summary>
/// <param name="root">The folder below which <c>run</c> is; <c>/</c>, except in tests. Processes are those of this host in any case.</param>
public sealed class QemuProcesses(string root = "/")
{
    private const string End = ".pid";

    /// <summary>The running QEMUs. A pid file whose process is gone counts for none.</summary>
    /// <exception cref="IOException">The folder or a file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file may not be read.</exception>
    public ValueList<QemuProcess> List()
    {
        var folder = Path.Combine(root, "run", "libvirt", "qemu");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*" + End).Order(StringComparer.Ordinal).Select(Read).OfType<QemuProcess>().ToValueList()
            : [];
    }

    private static QemuProcess? Read(string file)
    {
        try
        {
            var text = File.ReadAllText(file).Trim();
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            {
                return null;
            }

            var arguments = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            return arguments.Length == 0 ? null : new QemuProcess(pid, Path.GetFileName(file)[..^End.Length], arguments.ToValueList());
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException { HResult: NoSuchProcess })
        {
            return null;
        }
    }

    /// <summary>ESRCH: the process ended while its file was read.</summary>
    private const int NoSuchProcess = 3;
}
