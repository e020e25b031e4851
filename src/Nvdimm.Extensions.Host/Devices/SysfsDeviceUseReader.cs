using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// Reads from sysfs and procfs whether a block device or one of its partitions is read-only, mounted, held or swap, and whether a regular
/// file is read-only, swap or under a loop device.
/// </summary>
/// <remarks>
/// A dax device can be neither mounted nor held. If it is used as system RAM, ndctl reports that.
/// </remarks>
/// <param name="root">The folder below which <c>sys</c> and <c>proc</c> are; <c>/</c>, except in tests.</param>
public sealed class SysfsDeviceUseReader(string root = "/") : IDeviceUseReader
{
    /// <inheritdoc/>
    public DeviceUse Read(string devicePath)
    {
        ArgumentNullException.ThrowIfNull(devicePath);
        return Read(DeviceFile.Resolve(devicePath), () => HostMounts.Read(root));
    }

    internal DeviceUse Read(DeviceFile device, Func<HostMounts> host)
    {
        if (device.IsDax)
        {
            return DeviceUse.Free;
        }

        if (device.IsFile(root))
        {
            return FileUse.Read(device.Path, root, host());
        }

        var folder = device.BlockFolder(root);
        List<BlockDevice> blocks = [.. Partitions(folder).Prepend(folder).Select(BlockDevice.Read)];
        var state = host();
        var uses = new List<string>();
        foreach (var mount in state.Mounts)
        {
            if (blocks.Exists(block => block.Number == mount.Number || block.Path == mount.Source))
            {
                uses.Add(DeviceUse.MountedOn(mount.Target));
            }
        }

        foreach (var block in blocks)
        {
            uses.AddRange(block.Holders.Select(holder => $"held by {holder}"));
        }

        foreach (var swap in state.Swaps)
        {
            if (blocks.Exists(block => block.Path == swap))
            {
                uses.Add($"swap on {swap}");
            }
        }

        return new DeviceUse(blocks[0].IsReadOnly, uses.ToValueList());
    }

    /// <summary>The numbers of a block device's partitions, such as <c>259:1</c>; empty for other files.</summary>
    internal static IEnumerable<string> PartitionNumbers(string root, string devicePath)
    {
        var device = DeviceFile.Resolve(devicePath);
        var folder = device.BlockFolder(root);
        return !device.IsFile(root) && Directory.Exists(folder)
            ? Partitions(folder).Select(partition => BlockDevice.Read(partition).Number)
            : [];
    }

    /// <summary>
    /// The partitions of a device: each is a folder with a file <c>partition</c> inside the device's folder, named after the device and a
    /// number.
    /// </summary>
    private static IEnumerable<string> Partitions(string folder) =>
        from name in SmallFolder.Names(folder, start: Path.GetFileName(folder))
        let inside = Path.Combine(folder, name)
        where File.Exists(Path.Combine(inside, "partition"))
        select inside;
}
