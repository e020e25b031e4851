using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Sysfs;

/// <summary>Reads from sysfs and procfs whether a block device or one of its partitions is read-only, mounted, held or swap.</summary>
/// <remarks>
/// A dax device can be neither mounted nor held; where it serves as system RAM, ndctl says so.
/// </remarks>
/// <param name="root">The folder below which <c>sys</c> and <c>proc</c> are; <c>/</c>, except in tests.</param>
public sealed class SysfsDeviceUseReader(string root = "/") : IDeviceUseReader
{
    /// <inheritdoc/>
    public DeviceUse Read(string devicePath)
    {
        ArgumentNullException.ThrowIfNull(devicePath);
        var name = Path.GetFileName(devicePath);
        if (name.StartsWith("dax", StringComparison.Ordinal))
        {
            return DeviceUse.Free;
        }

        var folder = Path.Combine(root, "sys", "block", name);
        var blocks = new[] { folder }.Concat(Partitions(folder)).Select(BlockDevice.Read).ToList();
        var names = blocks.ToDictionary(block => $"/dev/{block.Name}", StringComparer.Ordinal);
        var numbers = blocks.Select(block => block.Number).ToHashSet(StringComparer.Ordinal);
        return new DeviceUse(
            blocks[0].IsReadOnly,
            [
                .. MountTable.Read(Path.Combine(root, "proc", "self", "mountinfo"))
                    .Where(mount => numbers.Contains(mount.Number) || names.ContainsKey(mount.Source))
                    .Select(mount => $"mounted on {mount.Target}"),
                .. blocks.SelectMany(block => block.Holders.Select(holder => $"held by {holder}")),
                .. SwapTable.Read(Path.Combine(root, "proc", "swaps")).Where(names.ContainsKey).Select(swap => $"swap on {swap}"),
            ]);
    }

    /// <summary>The numbers of a block device's partitions, such as <c>259:1</c>; none for what is no block device.</summary>
    internal static IEnumerable<string> PartitionNumbers(string root, string devicePath)
    {
        var folder = Path.Combine(root, "sys", "block", Path.GetFileName(devicePath));
        return Directory.Exists(folder) ? Partitions(folder).Select(partition => BlockDevice.Read(partition).Number) : [];
    }

    /// <summary>A partition is a folder with a file <c>partition</c> inside that of its device.</summary>
    private static IEnumerable<string> Partitions(string folder) =>
        Directory.EnumerateDirectories(folder).Where(inside => File.Exists(Path.Combine(inside, "partition"))).Order(StringComparer.Ordinal);
}
