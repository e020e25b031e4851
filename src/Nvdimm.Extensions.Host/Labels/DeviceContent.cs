using System.Globalization;

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
        var real = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var dax = Path.Combine(root, "sys", "bus", "dax", "devices", Path.GetFileName(real));
        return Path.GetFileName(real).StartsWith("dax", StringComparison.Ordinal) && Directory.Exists(dax)
            ? new MappedContent(real, Number(Path.Combine(dax, "size")), Number(Path.Combine(dax, "align")), isWritable)
            : new FileContent(real, isWritable);
    }

    private static long Number(string path)
    {
        var text = File.ReadAllText(path).Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new IOException($"{path} has '{text}', not a number of bytes");
    }
}
