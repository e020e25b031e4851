using System.Globalization;
using System.Text;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.DevEngine.Nvdimms;

/// <summary>
/// Finds the QEMU processes of this machine, whichever libvirt started them. A session's libvirt has its own pid files, but the command
/// line is readable for all.
/// </summary>
internal static class RunningQemus
{
    /// <summary>All QEMU processes. If <c>/proc</c> hides the processes of other users, theirs are missing.</summary>
    public static IEnumerable<QemuProcess> List() => Directory.EnumerateDirectories("/proc")
        .Select(folder =>
            int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : 0)
        .Where(process => process > 0)
        .Select(Read)
        .OfType<QemuProcess>();

    private static QemuProcess? Read(int process)
    {
        try
        {
            var arguments = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process}/cmdline"))
                .Split('\0', StringSplitOptions.RemoveEmptyEntries);
            return arguments is [var program, ..] && Path.GetFileName(program).StartsWith("qemu", StringComparison.Ordinal)
                ? new QemuProcess(process, NameOf(arguments), [.. arguments])
                : null;
        }
        catch (Exception gone)
            when (gone is FileNotFoundException or DirectoryNotFoundException or IOException { HResult: Errno.NoSuchProcess })
        {
            return null;
        }
    }

    /// <summary><c>-name guest=NAME,…</c>, as libvirt writes it.</summary>
    private static string NameOf(string[] arguments) =>
        arguments.FirstOrDefault(argument => argument.StartsWith("guest=", StringComparison.Ordinal))?["guest=".Length..].Split(',')[0]
            ?? "a VM";
}
