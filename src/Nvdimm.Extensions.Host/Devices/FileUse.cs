using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>Reads what the host does with a regular file: whether it can be written to, whether a loop device is on it, whether it is swap.</summary>
internal static class FileUse
{
    /// <summary>What the kernel appends to the name of a file that has been deleted since.</summary>
    private const string Deleted = " (deleted)";

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static DeviceUse Read(string path, string root, HostMounts host)
    {
        var status = LinuxFile.StatusOrNull(path) ?? throw new FileNotFoundException($"There is no {path}", path);
        var thing = LinuxFile.ThingOf(status);
        var loops = Loops(root).Where(loop => IsOn(loop.File, path, thing)).Select(loop => $"held by {loop.Name}");
        var swaps = host.Swaps.Where(swap => IsOn(swap, path, thing)).Select(swap => $"swap on {swap}");
        return new DeviceUse(status.IsWriteProtected || IsOnReadOnlyMount(path), loops.Concat(swaps).ToValueList());
    }

    /// <summary>The loop devices, and the files that they are on, as the kernel calls them.</summary>
    public static IEnumerable<(string Name, string File)> Loops(string root)
    {
        var blocks = Path.Combine(root, "sys", "block");
        return from name in SmallFolder.NamesOrNull(blocks, start: "loop") ?? []
               let file = BackingFile(Path.Combine(blocks, name))
               where file is not null
               select (name, file);
    }

    /// <summary>The file that a loop device is on; null where it is on none, or is no loop device.</summary>
    public static string? BackingFile(string folder) => SmallFile.TextOrNull(Path.Combine(folder, "loop", "backing_file")) is { Length: > 0 } file
        ? file.EndsWith(Deleted, StringComparison.Ordinal) ? file[..^Deleted.Length] : file
        : null;

    /// <summary>A name from the kernel may be one of another mount namespace: then its text is all that there is to compare.</summary>
    private static bool IsOn(string name, string path, string thing) => name == path || LinuxFile.ThingBehind(name) == thing;

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
