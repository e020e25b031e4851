using System.Runtime.InteropServices;
using System.Text;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Lists folders of sysfs, procfs and the ledger: without an exception for a missing folder, which is a valid answer, and without the
/// buffers that .NET allocates for large folders. A start of a VM lists a dozen of them.
/// </summary>
internal static class SmallFolder
{
    /// <summary>
    /// The offsets in an entry before its name: inode and offset, the entry's length, its type (<c>struct dirent64</c>,
    /// <c>getdents(2)</c>).
    /// </summary>
    private const int LengthAt = 16;
    private const int NameAt = 19;
    private const int BufferSize = 8 << 10;

    /// <summary>The names in a folder, in ordinal order; null if the folder does not exist.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="start">The prefix that a name must have.</param>
    /// <param name="end">The suffix that a name must have.</param>
    /// <exception cref="IOException">The folder cannot be listed, or is not a folder; <c>HResult</c> is the error number.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to list the folder.</exception>
    public static List<string>? NamesOrNull(string path, string start = "", string end = "")
    {
        var descriptor = SmallFile.Open(path);
        if (descriptor < 0)
        {
            return null;
        }

        try
        {
            var names = new List<string>();
            Span<byte> buffer = stackalloc byte[BufferSize];
            for (int filled; (filled = (int)LinuxCalls.ReadFolder(descriptor, buffer, (nuint)buffer.Length)) != 0;)
            {
                if (filled < 0)
                {
                    throw SmallFile.Failure($"list {path}");
                }

                for (var at = 0; at < filled; at += MemoryMarshal.Read<ushort>(buffer[(at + LengthAt)..]))
                {
                    var name = buffer[(at + NameAt)..];
                    if (Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]) is var text and not ("." or "..")
                        && text.StartsWith(start, StringComparison.Ordinal)
                        && text.EndsWith(end, StringComparison.Ordinal))
                    {
                        names.Add(text);
                    }
                }
            }

            names.Sort(StringComparer.Ordinal);
            return names;
        }
        finally
        {
            _ = LinuxCalls.Close(descriptor);
        }
    }

    /// <summary>As above for a folder that must exist.</summary>
    /// <exception cref="IOException">
    /// The folder does not exist, cannot be listed, or is not a folder; <c>HResult</c> is the error number.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to list the folder.</exception>
    public static List<string> Names(string path, string start = "", string end = "") =>
        NamesOrNull(path, start, end) ?? throw new DirectoryNotFoundException($"There is no folder {path}");
}
