using System.Globalization;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>Opens device files.</summary>
internal static class DeviceContent
{
    /// <summary>Opens a block device, a dax device or a regular file.</summary>
    /// <param name="path">The path, possibly a link.</param>
    /// <param name="isWritable">Whether it will be written.</param>
    /// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static IDeviceContent Open(string path, bool isWritable, string root = "/")
    {
        var device = DeviceFile.Behind(path);
        var dax = device.DaxFolder(root);
        return device.IsDax && Directory.Exists(dax)
            ? new MappedContent(device.Path, Number(Path.Combine(dax, "size")), Number(Path.Combine(dax, "align")), isWritable)
            : new FileContent(device.Path, isWritable);
    }

    private static long Number(string path)
    {
        var text = File.ReadAllText(path).Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new IOException($"{path} has '{text}', not a number of bytes");
    }
}
