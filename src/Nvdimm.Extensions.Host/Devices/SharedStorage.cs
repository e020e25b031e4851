using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// Says whether two paths lead to the same bytes: by what is behind the names, and by what that lies on. A partition lies on its disk, a volume
/// of device mapper or RAID on its slaves, a loop device on its file, a file on the block device of its file system. What was read of a path or a
/// block device is kept, so an instance is for one moment.
/// </summary>
/// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
public sealed class SharedStorage(string root = "/")
{
    private readonly Dictionary<string, ValueList<string>> behind = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ValueList<string>> below = new(StringComparer.Ordinal);

    /// <summary>
    /// How the storage behind a path lies to that behind another. Two partitions of one disk, and two files of one file system, have nothing of
    /// each other. A file system without a block device's number, such as btrfs, is not followed to its devices.
    /// </summary>
    /// <returns><see cref="StorageOverlap.None"/> also where nothing is behind one of the paths.</returns>
    /// <param name="path">A path, such as that of an NVDIMM.</param>
    /// <param name="other">Another one, such as that of a disk.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">One of them, or what it lies on, cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">One of them, or what it lies on, may not be looked at.</exception>
    public StorageOverlap Between(string path, string other)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(other);
        var (own, foreign) = (Layers(path), Layers(other));
        return own.Count == 0 || foreign.Count == 0 ? StorageOverlap.None
            : own[0] == foreign[0] ? StorageOverlap.Same
            : own.Contains(foreign[0], StringComparer.Ordinal) ? StorageOverlap.Inside
            : foreign.Contains(own[0], StringComparer.Ordinal) ? StorageOverlap.Around
            : StorageOverlap.None;
    }

    /// <summary>
    /// What is behind a path, as <see cref="LinuxFile.ThingBehind"/> calls it, then everything that it lies on, each once; empty where nothing is
    /// there.
    /// </summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    internal ValueList<string> Layers(string path)
    {
        if (!behind.TryGetValue(path, out var layers))
        {
            behind[path] = layers = LayersNow(path);
        }

        return layers;
    }

    /// <summary>The same, read anew: what a made sysfs that leads back to its beginning gives on the way is not the whole answer, and is not kept.</summary>
    private ValueList<string> LayersNow(string path)
    {
        if (LinuxFile.StatusOrNull(path) is not { } status)
        {
            return [];
        }

        var layers = new List<string> { LinuxFile.ThingOf(status) };
        Add(layers, status.Kind switch
        {
            FileKind.Block => Below(status.Device),
            FileKind.Regular => [LinuxFile.BlockDeviceOf(status.FileSystem), .. Below(status.FileSystem)],
            _ => [],
        });
        return layers.ToValueList();
    }

    /// <summary>What the block device of a number, such as <c>259:1</c>, lies on; empty where there is no such block device.</summary>
    private ValueList<string> Below(string number)
    {
        if (below.TryGetValue(number, out var known))
        {
            return known;
        }

        // A loop device on a file of a file system on itself cannot be mounted, but a made sysfs must not be followed for ever.
        below[number] = [];
        var layers = new List<string>();
        if (NamespaceFolder.Behind(Path.Combine(root, "sys", "dev", "block", number)) is { } folder)
        {
            var numbers = Slaves(folder).Concat(Disk(folder));
            foreach (var lower in numbers)
            {
                Add(layers, [LinuxFile.BlockDeviceOf(lower), .. Below(lower)]);
            }

            if (FileUse.BackingFile(folder.Path) is { } file)
            {
                Add(layers, LayersNow(file));
            }
        }

        return below[number] = layers.ToValueList();
    }

    private static IEnumerable<string> Slaves(NamespaceFolder folder) =>
        from name in SmallFolder.NamesOrNull(Path.Combine(folder.Path, "slaves")) ?? []
        select SmallFile.Text(Path.Combine(folder.Path, "slaves", name, "dev"));

    /// <summary>The disk that a partition is on.</summary>
    private static IEnumerable<string> Disk(NamespaceFolder folder) =>
        File.Exists(Path.Combine(folder.Path, "partition")) ? [SmallFile.Text(Path.Combine(folder.Parent.Path, "dev"))] : [];

    private static void Add(List<string> layers, IEnumerable<string> more) => layers.AddRange(more.Where(layer => !layers.Contains(layer)).ToList());
}
