using System.Text;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Start;

/// <summary>
/// QEMU's warnings about persistence at its start. Under libvirt they are only in the domain's log (QEMU v7.2.0 <c>util/mmap-alloc.c</c>
/// and <c>hw/mem/nvdimm.c</c>).
/// </summary>
internal static class QemuLog
{
    private const int Tail = 256 << 10;

    // libvirt v9.0.0 src/qemu/qemu_process.c, START_MESSAGE: libvirt writes a line with this text at each start.
    private const string Start = ": starting up libvirt version";

    private static readonly string[] Warned = ["requesting persistence across crashes", "Using non DAX backing file"];

    /// <summary>
    /// The warnings of the last start. The log belongs to root: if we lack the right to read it, nothing is reported. Any other failure,
    /// such as a pipe in its place, is itself a warning, so that the earlier findings about the claims are not lost.
    /// </summary>
    public static IEnumerable<Finding> Warnings(string folder, string vmName)
    {
        var path = Path.Combine(folder, $"{vmName}.log");
        try
        {
            return InText(Last(path), vmName);
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
        catch (IOException failure)
        {
            return [Finding.Warning(NvdimmCodes.HookFailed, ("what", $"Reading {path}"), ("reason", failure.Message.TrimEnd('.')))];
        }
    }

    private static IEnumerable<Finding> InText(string log, string vmName)
    {
        var lines = log.Split('\n');
        var start = Array.FindLastIndex(lines, line => line.Contains(Start, StringComparison.Ordinal));
        return lines.Skip(start + 1)
            .Where(line => Warned.Any(warned => line.Contains(warned, StringComparison.Ordinal)))
            .Select(line => line.Trim())
            .Distinct(StringComparer.Ordinal)
            .Select(line => Finding.Warning(NvdimmCodes.HookQemuWarned, ("vm", vmName), ("text", line)));
    }

    private static string Last(string path)
    {
        using var handle = LinuxFile.OpenRegularOrNull(path);
        if (handle is null)
        {
            return "";
        }

        using var file = new FileStream(handle, FileAccess.Read);
        file.Position = Math.Max(0, file.Length - Tail);
        using var text = new StreamReader(file, Encoding.UTF8);
        return text.ReadToEnd();
    }
}
