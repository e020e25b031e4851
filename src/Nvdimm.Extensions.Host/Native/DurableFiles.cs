using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Writes files that are complete at any moment and survive a crash. Callers hold the folder's lock, and work with the rights of the
/// folder's user (<see cref="FolderUser"/>). Everybody can read the files, whatever the umask, but not open the locks: who can open a lock
/// can hold it. Only empty files are created without the lock.
/// </summary>
internal static class DurableFiles
{
    /// <summary>A suffix that nobody else uses, because leftovers are removed by it, and a state folder may be anywhere.</summary>
    private const string TemporaryEnd = ".nvdimm-tmp";

    /// <summary>The suffix of an old file until the new files have their names. That of a killed writer is a leftover.</summary>
    private const string OldEnd = ".old" + TemporaryEnd;

    // 0600, 0644 and 0755: C# has no octal literals.
    private const int ModeOfLocks = 0x180;
    private const int ModeOfFiles = 0x1A4;
    private const int ModeOfFolders = 0x1ED;

    /// <summary>
    /// Replaces a file: writes and syncs a temporary file beside it, renames it, and syncs the folder. A reader sees either the old or the
    /// new file. If a step fails, the old file is back in place.
    /// </summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public static void Write(string path, byte[] bytes) => WriteAll(Path.GetDirectoryName(path)!, [(Path.GetFileName(path), Whole(bytes))]);

    /// <summary>
    /// Stores a short text that is worthless after a crash as the target of a symbolic link. A link is created in one step, complete, and
    /// everybody can read it.
    /// </summary>
    public static void WriteLink(string path, string text)
    {
        if (LinuxCalls.SymbolicLink(text, path) == 0)
        {
            return;
        }

        var temporary = path + TemporaryEnd;
        if (Marshal.GetLastPInvokeError() != Errno.AlreadyThere
            || LinuxCalls.SymbolicLink(text, temporary) != 0 || LinuxCalls.Rename(temporary, path) != 0)
        {
            throw SmallFile.Failure($"write {path}");
        }
    }

    /// <summary>Writes a whole file with one call.</summary>
    public static Action<SafeFileHandle> Whole(byte[] bytes) => file => RandomAccess.Write(file, bytes, 0);

    /// <summary>
    /// Replaces several files of one folder: all, or none if one cannot be written. Everything that needs disk space is written first.
    /// Until all files have their names, the old files are kept under other names, which needs no space. After a crash in between, some
    /// files are new and some old, each of them complete.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">The name of each file in the folder, with the action that writes it.</param>
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
                if (LinuxCalls.Link(paths[at], paths[at] + OldEnd) != 0 && Marshal.GetLastPInvokeError() != Errno.NoSuchFile)
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
    /// Adds many files to a folder, each complete at any moment, and all durable at the end. After a failure or a crash some of them exist.
    /// One syncfs makes their content durable before any has its name, so that thousands of files take no longer than a few.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">The name and the bytes of each file.</param>
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

    /// <summary>Removes a writer's leftover. If the system refuses, the next writer removes it; this write has succeeded anyway.</summary>
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
    /// Creates an empty file, unless another writer creates it at the same time. All that counts is that it is there, so that it needs
    /// neither a lock nor a temporary file.
    /// </summary>
    /// <exception cref="IOException">The file cannot be created, or its mode cannot be set; then it is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to create it.</exception>
    public static void CreateEmpty(string path)
    {
        using var file = CreateUnlessThere(path, ModeOfFiles);
        if (file is not null && LinuxCalls.ChangeMode(file, ModeOfFiles) != 0)
        {
            var failure = SmallFile.Failure($"change the mode of {path}");
            RemoveLeftover(path);
            throw failure;
        }
    }

    /// <summary>
    /// As above for a lock, which only its user can open. If its mode cannot be set, the lock stays: another process may hold it already.
    /// </summary>
    /// <exception cref="IOException">The file cannot be created, or its mode cannot be set.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to create it.</exception>
    public static void CreateLock(string path)
    {
        using var file = CreateUnlessThere(path, ModeOfLocks);
        if (file is not null)
        {
            SetModeOfLock(file, path);
        }
    }

    /// <summary>
    /// Gives a lock its mode: the umask may have reduced it, and earlier versions let others open it. If we are not its user, it stays
    /// unchanged.
    /// </summary>
    /// <exception cref="IOException">The mode cannot be read or set.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to do so.</exception>
    public static void SetModeOfLock(SafeFileHandle file, string path)
    {
        if (LinuxFile.OwnerOf(file, path).Mode != ModeOfLocks && LinuxCalls.ChangeMode(file, ModeOfLocks) != 0
            && Marshal.GetLastPInvokeError() != Errno.NotPermitted)
        {
            throw SmallFile.Failure($"change the mode of {path}");
        }
    }

    private static SafeFileHandle? CreateUnlessThere(string path, int mode)
    {
        var descriptor = LinuxCalls.Open(path, LinuxCalls.OpenNewCloseOnExec, mode);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        return Marshal.GetLastPInvokeError() == Errno.AlreadyThere ? null : throw SmallFile.Failure($"create {path}");
    }

    /// <summary>Creates a new file. Sets the mode again, because the umask has reduced it.</summary>
    /// <param name="temporary">The path of the file.</param>
    /// <param name="path">Its final path, which errors name.</param>
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

    /// <summary>Whether anything has a name: a file, a folder, or a dangling link.</summary>
    /// <exception cref="IOException">It cannot be told.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to tell.</exception>
    public static bool Exists(string path)
    {
        try
        {
            // GetAttributes does not follow links. File.Exists also returns false for a file that we lack the right to see.
            return File.GetAttributes(path) != default;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>
    /// Moves a file, a folder or a link to a free name in another folder. If the move cannot be made durable, it is undone.
    /// </summary>
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
        if (File.GetAttributes(from) is var attributes && attributes.HasFlag(FileAttributes.Directory)
            && !attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, overwrite: false);
        }
    }

    /// <summary>Removes the leftovers of killed writers.</summary>
    public static void RemoveLeftovers(string folder)
    {
        foreach (var leftover in SmallFolder.Names(folder, end: TemporaryEnd))
        {
            File.Delete(Path.Combine(folder, leftover));
        }
    }

    /// <summary>Creates a folder and the folders above it, durably.</summary>
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

            // Another writer may have created it first; it then also sets the mode.
            if (!Directory.Exists(folder))
            {
                throw failure;
            }
        }
        else
        {
            // The umask has reduced the mode.
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
