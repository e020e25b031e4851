using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>The files that a process has open or mapped. Only its own user and root can see them.</summary>
internal static class ProcessFiles
{
    /// <summary>The kernel's suffix to the name of a mapped file that was deleted.</summary>
    private const string Deleted = " (deleted)";

    /// <summary>
    /// Paths in procfs that lead to the process's open files, whatever has their names now; empty if the process has ended.
    /// </summary>
    /// <param name="process">The folder of the process, such as <c>/proc/1</c>.</param>
    /// <exception cref="IOException">The files cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller lacks the right to list the files.</exception>
    public static IEnumerable<string> Open(string process)
    {
        var folder = Path.Combine(process, "fd");
        return SmallFolder.NamesOrNull(folder)?.Select(name => Path.Combine(folder, name)) ?? [];
    }

    /// <summary>
    /// The mapped files by the names that they have for the process, each once, from lines such as <c>7f00-7f01 rw-s 00000000 00:05 1
    /// /dev/dax0.0</c>.
    /// </summary>
    /// <param name="process">The folder of the process.</param>
    /// <exception cref="IOException">The mappings cannot be read, or the process has ended.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller lacks the right to read the mappings.</exception>
    public static IEnumerable<string> Mapped(string process) =>
        File.ReadLines(Path.Combine(process, "maps")).Select(MappedFile).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>
    /// The path by which others find a file that has this name for the process, which may have another root folder or other mounts.
    /// </summary>
    public static string Seen(string process, string name) => Path.Combine(process, "root") + name;

    private static string? MappedFile(string line)
    {
        var start = line.IndexOf('/', StringComparison.Ordinal);
        return start < 0 ? null : line.EndsWith(Deleted, StringComparison.Ordinal) ? line[start..^Deleted.Length] : line[start..];
    }
}
