using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>Reads the host's use of a regular file: whether it can be written, is under a loop device, or is swap.</summary>
internal static class FileUse
{
    /// <summary>The kernel's suffix to the name of a deleted file.</summary>
    private const string Deleted = " (deleted)";

    /// <exception cref="IOException">The use cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the use.</exception>
    public static DeviceUse Read(string path, string root, HostMounts host)
    {
        var status = LinuxFile.StatusOrNull(path) ?? throw new FileNotFoundException($"There is no {path}", path);
        var identity = LinuxFile.IdentityOf(status);
        var loops = Loops(root).Where(loop => IsOn(loop.File, path, identity)).Select(loop => $"held by {loop.Name}");
        var swaps = host.Swaps.Where(swap => IsOn(swap, path, identity)).Select(swap => $"swap on {swap}");
        return new DeviceUse(status.IsWriteProtected || IsOnReadOnlyMount(path), loops.Concat(swaps).ToValueList());
    }

    /// <summary>The loop devices, each with its backing file as the kernel names it.</summary>
    public static IEnumerable<(string Name, string File)> Loops(string root)
    {
        var blocks = Path.Combine(root, "sys", "block");
        return from name in SmallFolder.NamesOrNull(blocks, start: "loop") ?? []
               let file = BackingFile(Path.Combine(blocks, name))
               where file is not null
               select (name, file);
    }

    /// <summary>The backing file of a loop device; null if it has none, or is not a loop device.</summary>
    public static string? BackingFile(string folder) =>
        SmallFile.TextOrNull(Path.Combine(folder, "loop", "backing_file")) is { Length: > 0 } file
        ? file.EndsWith(Deleted, StringComparison.Ordinal) ? file[..^Deleted.Length] : file
        : null;

    /// <summary>
    /// Whether a name from the kernel is that of the file. If it is from another mount namespace, only its text can be compared.
    /// </summary>
    private static bool IsOn(string name, string path, string identity) => name == path || LinuxFile.IdentityOf(name) == identity;

    private static bool IsOnReadOnlyMount(string path)
    {
        var descriptor = LinuxCalls.Open(path, LinuxCalls.OpenPathCloseOnExec, 0);
        if (descriptor < 0)
        {
            throw SmallFile.Failure($"open {path}");
        }

        try
        {
            return FileSystemStatus.Of(descriptor, path).IsReadOnly;
        }
        finally
        {
            _ = LinuxCalls.Close(descriptor);
        }
    }
}
