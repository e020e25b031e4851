using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Files that are whole at any moment and there after a crash. Callers hold the folder's lock, and work as the folder's user (<see cref="FolderUser"/>).
/// Everybody may read the files, whatever the umask, but not the locks: who can open a lock can hold it.
/// </summary>
internal static class DurableFiles
{
    /// <summary>An end that nobody else gives a file: leftovers are removed, and a state folder may be anywhere.</summary>
    private const string TemporaryEnd = ".nvdimm-tmp";

    /// <summary>An old file, until the new ones have their names. A killed writer's is a leftover.</summary>
    private const string OldEnd = ".old" + TemporaryEnd;

    // 0600, 0644 and 0755, which C# has no octal for.
    private const int ModeOfLocks = 0x180;
    private const int ModeOfFiles = 0x1A4;
    private const int ModeOfFolders = 0x1ED;

    /// <summary>
    /// Replaces a file: a temporary one beside it is written and synced, takes the name, and the folder is synced. A reader sees the old
    /// or the new file, never less. If any of that fails, the old file is there again.
    /// </summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public static void Write(string path, byte[] bytes) => WriteAll(Path.GetDirectoryName(path)!, [(Path.GetFileName(path), Whole(bytes))]);

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

    /// <summary>Writes a file at once.</summary>
    public static Action<SafeFileHandle> Whole(byte[] bytes) => file => RandomAccess.Write(file, bytes, 0);

    /// <summary>
    /// Replaces several files of one folder: all of them, or none where one cannot be written. What needs room on the disk is written first; until
    /// all have their names, the old files are kept under others, which need none. After a crash in between, some are new and some old, each whole.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">The name of each file in it, and what writes it.</param>
    public static void WriteAll(string folder, IReadOnlyList<(string Name, Action<SafeFileHandle> Write)> files)
    {
        var paths = files.Select(file => Path.Combine(folder, file.Name)).ToList();
        var renamed = 0;
        var isDone = false;
        try
        {
            for (var at = 0; at < paths.Count; at++)
            {
                WriteTemporary(paths[at] + TemporaryEnd, paths[at], files[at].Write);
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

            paths.ForEach(path => RemoveLeftover(path + OldEnd));
            paths.ForEach(path => RemoveLeftover(path + TemporaryEnd));
        }
    }

    /// <summary>
    /// Adds many files to a folder, each whole at any moment, and all of them durable at the end. After a failure or a crash some are there. One call makes
    /// what is in them durable before any has its name, which takes thousands of them no longer than some.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">Name and bytes of each file.</param>
    public static void AddAll(string folder, IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var paths = new List<string>();
        try
        {
            foreach (var (name, bytes) in files)
            {
                var path = Path.Combine(folder, name);
                paths.Add(path);
                using var file = Create(path + TemporaryEnd, path, ModeOfFiles);
                RandomAccess.Write(file, bytes, 0);
            }

            using (var handle = LinuxCalls.OpenForReading(folder))
            {
                if (LinuxCalls.SyncFileSystem(handle) != 0)
                {
                    throw LinuxCalls.Failure($"sync the file system of {folder}");
                }
            }

            paths.ForEach(path => File.Move(path + TemporaryEnd, path, overwrite: false));
            SyncFolder(folder);
        }
        finally
        {
            paths.ForEach(path => RemoveLeftover(path + TemporaryEnd));
        }
    }

    /// <summary>Removes a file, durably.</summary>
    public static void Remove(string path)
    {
        if (LinuxCalls.Unlink(path) != 0)
        {
            throw SmallFile.Failure($"remove {path}");
        }

        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes what a writer leaves. If the system does not let it, the next writer does so, and the outcome of this one is what it is.</summary>
    private static void RemoveLeftover(string path) => _ = LinuxCalls.Unlink(path);

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
        using var file = Create(temporary, path, ModeOfFiles);
        write(file);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>
    /// Makes an empty file, unless another writer does so at the same time; no lock is needed. It has its owner and mode before it has its
    /// name, so that nobody finds it and may not open it.
    /// </summary>
    public static void CreateEmpty(string path) => CreateEmpty(path, ModeOfFiles);

    /// <summary>The same for a lock, which nobody but its user may open.</summary>
    public static void CreateLock(string path) => CreateEmpty(path, ModeOfLocks);

    /// <summary>Takes the rights of others from a lock that an earlier version has made. Whoever is not its user leaves it as it is.</summary>
    public static void CloseLock(SafeFileHandle file, string path)
    {
        if (LinuxFile.OwnerOf(file, path).Mode != ModeOfLocks && LinuxCalls.ChangeMode(file, ModeOfLocks) != 0
            && Marshal.GetLastPInvokeError() != LinuxCalls.NotAllowed)
        {
            throw SmallFile.Failure($"change the mode of {path}");
        }
    }

    private static void CreateEmpty(string path, int mode)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}{TemporaryEnd}";
        try
        {
            Create(temporary, path, mode).Dispose();

            // Whoever has the name was faster; and whoever has removed the temporary file as a leftover holds the lock that has the name.
            if (LinuxCalls.Link(temporary, path) != 0 && Marshal.GetLastPInvokeError() is not (LinuxCalls.AlreadyThere or LinuxCalls.NoSuchFile))
            {
                throw SmallFile.Failure($"create {path}");
            }
        }
        finally
        {
            RemoveLeftover(temporary);
        }
    }

    /// <summary>A file that was not there. The umask has cut the mode with which it was made.</summary>
    /// <param name="temporary">The file.</param>
    /// <param name="path">What it is to become: errors name that.</param>
    /// <param name="mode">Its permissions.</param>
    private static SafeFileHandle Create(string temporary, string path, int mode)
    {
        var descriptor = LinuxCalls.Open(temporary, LinuxCalls.OpenNewCloseOnExec, mode);
        if (descriptor < 0)
        {
            throw SmallFile.Failure($"create {path}");
        }

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (LinuxCalls.ChangeMode(file, mode) == 0)
        {
            return file;
        }

        var failure = SmallFile.Failure($"change the mode of {path}");
        file.Dispose();
        throw failure;
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

    /// <summary>Gives whatever has a name another one in another folder, which must not be taken. If that cannot be made durable, it has the old name again.</summary>
    public static void Move(string from, string to)
    {
        Rename(from, to);
        try
        {
            SyncFolder(Path.GetDirectoryName(to)!);
            SyncFolder(Path.GetDirectoryName(from)!);
        }
        catch (IOException)
        {
            Rename(to, from);
            throw;
        }
    }

    private static void Rename(string from, string to)
    {
        if (File.GetAttributes(from) is var attributes && attributes.HasFlag(FileAttributes.Directory) && !attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, overwrite: false);
        }
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
            // The umask has cut it.
            OpenFolder(folder);
        }

        if (above is not null)
        {
            SyncFolder(above);
        }
    }

    /// <summary>Lets everybody list a folder.</summary>
    public static void OpenFolder(string folder)
    {
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
