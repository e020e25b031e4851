using System.Runtime.InteropServices;
using System.Text;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Lists the folders of sysfs and procfs and those of the ledger: no exception where a folder is not there, which is an answer, and none of
/// the buffers that .NET has for large ones. A start of a VM lists a dozen of them.
/// </summary>
internal static class SmallFolder
{
    /// <summary>What an entry has before its name: inode and offset, its own length, its type (<c>struct dirent64</c>, <c>getdents(2)</c>).</summary>
    private const int LengthAt = 16;
    private const int NameAt = 19;
    private const int BufferSize = 8 << 10;

    /// <summary>The names in a folder, in ordinal order; null where there is no such folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="start">With what a name has to start.</param>
    /// <param name="end">With what a name has to end.</param>
    /// <exception cref="IOException">It cannot be listed, or is no folder; its <c>HResult</c> is the number of the error.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be listed.</exception>
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

    /// <summary>The same for a folder that has to be there.</summary>
    /// <exception cref="IOException">There is none, it cannot be listed, or is no folder; its <c>HResult</c> is the number of the error.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be listed.</exception>
    public static List<string> Names(string path, string start = "", string end = "") =>
        NamesOrNull(path, start, end) ?? throw new DirectoryNotFoundException($"There is no folder {path}");
}
