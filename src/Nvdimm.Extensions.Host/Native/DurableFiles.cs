using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Host.Hypervisor;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Files that are whole at any moment and there after a crash. Callers hold the folder's lock. Everybody may read them, whatever the umask,
/// and what root makes belongs to whom its folder does: root's tool must not lock out the user of the hooks.
/// </summary>
internal static class DurableFiles
{
    /// <summary>An end that nobody else gives a file: leftovers are removed, and a state folder may be anywhere.</summary>
    private const string TemporaryEnd = ".nvdimm-tmp";

    /// <summary>An old file, until the new ones have their names. A killed writer's is a leftover.</summary>
    private const string OldEnd = ".old" + TemporaryEnd;

    // 0644 and 0755, which C# has no octal for.
    private const int ModeOfFiles = 0x1A4;
    private const int ModeOfFolders = 0x1ED;

    /// <summary>
    /// Replaces a file: a temporary one beside it is written and synced, takes the name, and the folder is synced. A reader sees the old
    /// or the new file, never less.
    /// </summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public static void Write(string path, byte[] bytes) => Write(path, file => RandomAccess.Write(file, bytes, 0));

    /// <summary>The same with a file that is written in pieces; what fails while it is written leaves the old one.</summary>
    public static void Write(string path, Action<SafeFileHandle> write)
    {
        Replace(path, write);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>
    /// Gives a name a short text for what means nothing after a crash: that of a symbolic link, which is there whole or not at all, in one
    /// step, and which everybody may read.
    /// </summary>
    public static void WriteLink(string path, string text)
    {
        if (LinuxCalls.SymbolicLink(text, path) == 0)
        {
            return;
        }

        var temporary = path + TemporaryEnd;
        if (Marshal.GetLastPInvokeError() != LinuxCalls.AlreadyThere
            || LinuxCalls.SymbolicLink(text, temporary) != 0 || LinuxCalls.Rename(temporary, path) != 0)
        {
            throw SmallFile.Failure($"write {path}");
        }
    }

    /// <summary>
    /// Replaces several files of one folder: all of them, or none where one cannot be written. What needs room on the disk is written first; until
    /// all have their names, the old files are kept under others, which need none. After a crash in between, some are new and some old, each whole.
    /// </summary>
    public static void WriteAll(string folder, IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        var paths = files.Select(file => Path.Combine(folder, file.Name)).ToList();
        var renamed = 0;
        var isDone = false;
        try
        {
            for (var at = 0; at < paths.Count; at++)
            {
                var bytes = files[at].Bytes;
                WriteTemporary(paths[at] + TemporaryEnd, paths[at], file => RandomAccess.Write(file, bytes, 0));
                if (LinuxCalls.Link(paths[at], paths[at] + OldEnd) != 0 && Marshal.GetLastPInvokeError() != LinuxCalls.NoSuchFile)
                {
                    throw SmallFile.Failure($"keep {paths[at]}");
                }
            }

            for (; renamed < paths.Count; renamed++)
            {
                File.Move(paths[renamed] + TemporaryEnd, paths[renamed], overwrite: true);
            }

            SyncFolder(folder);
            isDone = true;
        }
        finally
        {
            foreach (var path in isDone ? [] : paths.Take(renamed))
            {
                PutBack(path);
            }

            paths.ForEach(path => File.Delete(path + OldEnd));
            paths.ForEach(path => File.Delete(path + TemporaryEnd));
        }
    }

    private static void PutBack(string path)
    {
        if (File.Exists(path + OldEnd))
        {
            File.Move(path + OldEnd, path, overwrite: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static void WriteTemporary(string temporary, string path, Action<SafeFileHandle> write)
    {
        using var file = Create(temporary, path);
        write(file);
        RandomAccess.FlushToDisk(file);
    }

    private static void Replace(string path, Action<SafeFileHandle> write)
    {
        var temporary = path + TemporaryEnd;
        try
        {
            WriteTemporary(temporary, path, write);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>
    /// Makes an empty file, unless another writer does so at the same time; no lock is needed. It has its owner and mode before it has its
    /// name, so that nobody finds it and may not open it.
    /// </summary>
    public static void CreateEmpty(string path)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}{TemporaryEnd}";
        try
        {
            Create(temporary, path).Dispose();

            // Whoever has the name was faster; and whoever has removed the temporary file as a leftover holds the lock that has the name.
            if (LinuxCalls.Link(temporary, path) != 0 && Marshal.GetLastPInvokeError() is not (LinuxCalls.AlreadyThere or LinuxCalls.NoSuchFile))
            {
                throw SmallFile.Failure($"create {path}");
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A file that was not there. The umask has cut the mode with which it was made.</summary>
    /// <param name="temporary">The file.</param>
    /// <param name="path">What it is to become: errors name that.</param>
    private static SafeFileHandle Create(string temporary, string path)
    {
        var descriptor = LinuxCalls.Open(temporary, LinuxCalls.OpenNewCloseOnExec, ModeOfFiles);
        if (descriptor < 0)
        {
            throw SmallFile.Failure($"create {path}");
        }

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                LinuxFile.TakeOwner(file, path, Path.GetDirectoryName(path)!);
            }

            return LinuxCalls.ChangeMode(file, ModeOfFiles) == 0 ? file : throw SmallFile.Failure($"change the mode of {path}");
        }
        catch
        {
            file.Dispose();
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

    /// <summary>Makes a folder and those above it, durably.</summary>
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

        if (LinuxCalls.MakeFolder(folder, ModeOfFolders) != 0)
        {
            var failure = SmallFile.Failure($"create {folder}");

            // Another writer may have been faster: then it is his, and his to set the mode of.
            if (!Directory.Exists(folder))
            {
                throw failure;
            }
        }
        else
        {
            Settle(folder, above);
        }

        if (above is not null)
        {
            SyncFolder(above);
        }
    }

    /// <summary>Gives a folder that was just made its owner, and the mode that the umask has cut.</summary>
    private static void Settle(string folder, string? above)
    {
        if (above is not null && Environment.IsPrivilegedProcess)
        {
            LinuxFile.TakeOwner(folder, above);
        }

        if (LinuxCalls.ChangeMode(folder, ModeOfFolders) != 0)
        {
            throw SmallFile.Failure($"change the mode of {folder}");
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
