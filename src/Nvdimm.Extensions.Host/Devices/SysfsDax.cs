using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>Reads the dax devices of a devdax namespace.</summary>
internal static class SysfsDax
{
    public static NvdimmDevice Read(NvdimmDevice device, NamespaceFolder owner, string root)
    {
        var devices = SmallFolder.Names(owner.Path, start: "dax")
            .Where(name => name.Contains('.', StringComparison.Ordinal))
            .Select(name => new NamespaceFolder(Path.Combine(owner.Path, name)))
            .Where(folder => folder.Number("size") is > 0)
            .Select(Dax)
            .ToValueList();
        if (devices.Count == 0)
        {
            return device.With(Finding.Error(NvdimmCodes.DriverNotBound, ("device", device.Name)));
        }

        var blocks = owner.Parent.BadBlocks();
        device = device with
        {
            Path = Path.Combine(root, "dev", devices[0].CharDevice),
            Size = owner.Size("size", unit: 1) is { Bytes: > 0 } size ? size : null,
            DaxDevices = devices,
            BadBlockCount = blocks,
        };
        return Findings(device).Aggregate(device, (device, finding) => device.With(finding));
    }

    private static DaxDevice Dax(NamespaceFolder folder)
    {
        var driver = folder.Driver();
        return new DaxDevice
        {
            CharDevice = folder.Name,
            Size = ByteSize.FromBytes(folder.Number("size") ?? 0),
            Align = folder.Number("align") is > 0 and var align ? Alignment.FromBytes(align) : null,
            TargetNode = folder.Node("target_node"),
            Mode = Mode(driver),
            IsDisabled = driver is null,
        };
    }

    /// <summary>The mode that the bound driver gives the device (Linux 7.2: <c>drivers/dax</c>). Without a driver it is disabled.</summary>
    private static DaxDeviceMode Mode(string? driver) => driver switch
    {
        null or "device_dax" => DaxDeviceMode.Devdax,
        "kmem" => DaxDeviceMode.SystemRam,
        "fsdev_dax" => DaxDeviceMode.Famfs,
        _ => DaxDeviceMode.Unknown,
    };

    private static IEnumerable<Finding> Findings(NvdimmDevice device)
    {
        if (device.DaxDevices.FirstOrDefault(dax => dax.Mode == DaxDeviceMode.SystemRam) is { } ram)
        {
            yield return Finding.Error(NvdimmCodes.DaxSystemRam, ("device", device.Name), ("chardev", ram.CharDevice));
        }

        if (device.DaxDevices.FirstOrDefault(dax => dax.Mode is DaxDeviceMode.Famfs or DaxDeviceMode.Unknown) is { } other)
        {
            var use = other.Mode == DaxDeviceMode.Famfs ? "the mode famfs" : "a driver other than device_dax";
            yield return Finding.Error(NvdimmCodes.DaxNotDevdax, ("device", device.Name), ("chardev", other.CharDevice), ("use", use));
        }

        if (device.DaxDevices.FirstOrDefault(dax => dax.IsDisabled) is { } disabled)
        {
            yield return Finding.Error(NvdimmCodes.DaxDisabled, ("device", device.Name), ("chardev", disabled.CharDevice));
        }

        if (device.DaxDevices.Count > 1 || device.DaxDevices[0].Size != device.Size)
        {
            yield return Finding.Error(
                NvdimmCodes.DaxSizeMismatch,
                ("device", device.Name),
                ("size", $"{device.Size?.Bytes}"),
                ("daxSizes", string.Join(" and ", device.DaxDevices.Select(dax => $"{dax.Size?.Bytes}"))));
        }

        if (device.BadBlockCount > 0)
        {
            yield return Finding.Warning(NvdimmCodes.BadBlocks, ("device", device.Name), ("count", $"{device.BadBlockCount}"));
        }
    }
}
