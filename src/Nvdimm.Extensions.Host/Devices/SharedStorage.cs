using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// Tells whether two paths lead to the same bytes, by the files behind the names and the storage below them. A partition lies on its disk,
/// a volume of device mapper or RAID on its slaves, a loop device on its file, a file on the block device of its file system. Results are
/// cached, so use an instance for one moment only.
/// </summary>
/// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
internal sealed class SharedStorage(string root = "/")
{
    private readonly Dictionary<string, ValueList<string>> behind = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ValueList<string>> below = new(StringComparer.Ordinal);

    /// <summary>
    /// How the storage behind two paths overlaps. Two partitions of one disk, and two files of one file system, do not overlap. A file
    /// system without a block device's number, such as btrfs, is not followed to its devices.
    /// </summary>
    /// <returns>The overlap; <see cref="StorageOverlap.None"/> also if nothing is behind one of the paths.</returns>
    /// <param name="path">A path, such as that of an NVDIMM.</param>
    /// <param name="other">Another path, such as that of a disk.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">One of the files, or its storage, cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to examine one of the files, or its storage.</exception>
    public StorageOverlap Between(string path, string other)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(other);
        var (first, second) = (Layers(path), Layers(other));
        return first.Count == 0 || second.Count == 0 ? StorageOverlap.None
            : first[0] == second[0] ? StorageOverlap.Same
            : first.Contains(second[0], StringComparer.Ordinal) ? StorageOverlap.Inside
            : second.Contains(first[0], StringComparer.Ordinal) ? StorageOverlap.Around
            : StorageOverlap.None;
    }

    /// <summary>
    /// The file behind a path, in the notation of <see cref="LinuxFile.IdentityOf(string)"/>, then everything that it lies on, each once;
    /// empty if there is no file.
    /// </summary>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to examine the file.</exception>
    internal ValueList<string> Layers(string path)
    {
        if (!behind.TryGetValue(path, out var layers))
        {
            behind[path] = layers = LayersNow(path);
        }

        return layers;
    }

    /// <summary>
    /// As above without the cache. A fabricated sysfs with a loop gives an incomplete answer on the way, which is not cached.
    /// </summary>
    private ValueList<string> LayersNow(string path)
    {
        if (LinuxFile.StatusOrNull(path) is not { } status)
        {
            return [];
        }

        ValueList<string> under = status.Kind switch
        {
            FileKind.Block => Below(status.Device),
            FileKind.Regular => [LinuxFile.BlockDeviceOf(status.FileSystem), .. Below(status.FileSystem)],
            _ => [],
        };
        return Joined([LinuxFile.IdentityOf(status)], under);
    }

    /// <summary>What the block device with a number, such as <c>259:1</c>, lies on; empty if there is no such block device.</summary>
    private ValueList<string> Below(string number)
    {
        if (below.TryGetValue(number, out var cached))
        {
            return cached;
        }

        // A loop device on a file of a file system on itself cannot be mounted, but a fabricated sysfs with such a loop must not be
        // followed forever.
        below[number] = [];
        ValueList<string> layers = [];
        if (NamespaceFolder.AtLink(Path.Combine(root, "sys", "dev", "block", number)) is { } folder)
        {
            var numbers = Slaves(folder).Concat(Disk(folder));
            foreach (var lower in numbers)
            {
                layers = Joined(layers, [LinuxFile.BlockDeviceOf(lower), .. Below(lower)]);
            }

            if (FileUse.BackingFile(folder.Path) is { } file)
            {
                layers = Joined(layers, LayersNow(file));
            }
        }

        return below[number] = layers;
    }

    private static IEnumerable<string> Slaves(NamespaceFolder folder) =>
        from name in SmallFolder.NamesOrNull(Path.Combine(folder.Path, "slaves")) ?? []
        select SmallFile.Text(Path.Combine(folder.Path, "slaves", name, "dev"));

    /// <summary>The disk of a partition.</summary>
    private static IEnumerable<string> Disk(NamespaceFolder folder) =>
        File.Exists(Path.Combine(folder.Path, "partition")) ? [SmallFile.Text(Path.Combine(folder.Parent.Path, "dev"))] : [];

    /// <summary>The layers, and those of the others that are not among them.</summary>
    private static ValueList<string> Joined(ValueList<string> layers, ValueList<string> more) =>
        [.. layers, .. more.Where(layer => !layers.Contains(layer, StringComparer.Ordinal))];
}
