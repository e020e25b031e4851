using System.Text;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Layouts;

/// <summary>Files that are whole at any moment and there after a crash. Callers hold the folder's lock.</summary>
internal static class DurableFiles
{
    /// <summary>An end that nobody else gives a file: leftovers are removed, and a state folder may be anywhere.</summary>
    private const string TemporaryEnd = ".nvdimm-tmp";

    /// <summary>
    /// Replaces a file: a temporary one beside it is written and synced, takes the name, and the folder is synced. A reader sees the old
    /// or the new file, never less.
    /// </summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Replace(path, bytes, isDurable: true);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>The same without waiting for the disk, for what means nothing after a crash.</summary>
    public static void WriteForNow(string path, ReadOnlySpan<byte> bytes) => Replace(path, bytes, isDurable: false);

    private static void Replace(string path, ReadOnlySpan<byte> bytes, bool isDurable)
    {
        var temporary = path + TemporaryEnd;
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, FileOptions.None))
            {
                RandomAccess.Write(file, bytes, 0);
                if (isDurable)
                {
                    RandomAccess.FlushToDisk(file);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Whether a name is taken, be it by a file, a folder, or a link that leads nowhere.</summary>
    /// <exception cref="IOException">That cannot be told.</exception>
    /// <exception cref="UnauthorizedAccessException">That cannot be told.</exception>
    public static bool IsThere(string path)
    {
        try
        {
            // Neither follows links; File.Exists also says no to what may not be seen.
            return File.GetAttributes(path) != default;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Gives whatever has a name another one in another folder, which must not be taken.</summary>
    public static void Move(string from, string to)
    {
        if (File.GetAttributes(from) is var attributes && attributes.HasFlag(FileAttributes.Directory) && !attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, overwrite: false);
        }

        SyncFolder(Path.GetDirectoryName(to)!);
        SyncFolder(Path.GetDirectoryName(from)!);
    }

    /// <summary>Removes what writers that were killed have left behind.</summary>
    public static void RemoveLeftovers(string folder)
    {
        foreach (var leftover in SmallFolder.Names(folder, end: TemporaryEnd))
        {
            File.Delete(Path.Combine(folder, leftover));
        }
    }

    /// <summary>
    /// Makes a folder and those above it, durably. One that root makes belongs to whom the one above it does: root's tool must not lock
    /// out the user of the hooks.
    /// </summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var above = Path.GetDirectoryName(Path.GetFullPath(folder));
        if (above is not null)
        {
            CreateFolder(above);
        }

        Directory.CreateDirectory(folder);
        if (above is not null)
        {
            if (Environment.IsPrivilegedProcess)
            {
                LinuxFile.TakeOwner(folder, above);
            }

            SyncFolder(above);
        }
    }

    private static void SyncFolder(string folder)
    {
        using var handle = LinuxCalls.OpenForReading(folder);
        if (LinuxCalls.Sync(handle) != 0)
        {
            throw LinuxCalls.Failure($"sync {folder}");
        }
    }
}
