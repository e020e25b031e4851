using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>What a process has open or mapped: to be seen by its own user and by root.</summary>
internal static class ProcessFiles
{
    /// <summary>What the kernel writes behind the name of a mapped file that has none any more.</summary>
    private const string Deleted = " (deleted)";

    /// <summary>Paths in procfs that lead to its open files, whatever has their names by now; none where the process is gone.</summary>
    /// <param name="process">Its folder, such as <c>/proc/1</c>.</param>
    /// <exception cref="IOException">They cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be listed.</exception>
    public static IEnumerable<string> Open(string process)
    {
        var folder = Path.Combine(process, "fd");
        return SmallFolder.NamesOrNull(folder)?.Select(name => Path.Combine(folder, name)) ?? [];
    }

    /// <summary>
    /// The mapped files by the names that they have for the process, each once, from lines such as
    /// <c>7f00-7f01 rw-s 00000000 00:05 1   /dev/dax0.0</c>.
    /// </summary>
    /// <param name="process">Its folder.</param>
    /// <exception cref="IOException">They cannot be read, or the process is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be read.</exception>
    public static IEnumerable<string> Mapped(string process) =>
        File.ReadLines(Path.Combine(process, "maps")).Select(MappedFile).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Where a name that a file has for the process is found by others, which may have another root folder or other mounts.</summary>
    public static string Seen(string process, string name) => Path.Combine(process, "root") + name;

    private static string? MappedFile(string line)
    {
        var start = line.IndexOf('/', StringComparison.Ordinal);
        return start < 0 ? null : line.EndsWith(Deleted, StringComparison.Ordinal) ? line[start..^Deleted.Length] : line[start..];
    }
}
