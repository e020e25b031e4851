using System.Text;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Reads the small files of sysfs and procfs, which have no length: one open, one read, no stream with its buffers. A start of a VM reads
/// a hundred of them.
/// </summary>
internal static class SmallFile
{
    private const int Usual = 1024;

    /// <summary>The text, trimmed; null where there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    // Asking first whether there is one would take a file that may not be seen for one that is not there.
    public static string? TextOrNull(string path)
    {
        try
        {
            return Text(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The text, trimmed.</summary>
    /// <exception cref="IOException">There is none, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string Text(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> first = stackalloc byte[Usual];
        var read = RandomAccess.Read(file, first, 0);
        if (read < first.Length)
        {
            return Encoding.UTF8.GetString(first[..read]).Trim();
        }

        var bytes = new List<byte>(2 * Usual);
        for (var length = read; length > 0; length = RandomAccess.Read(file, first, bytes.Count))
        {
            bytes.AddRange(first[..length]);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()).Trim();
    }
}
