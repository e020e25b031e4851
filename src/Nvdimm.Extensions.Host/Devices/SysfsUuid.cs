using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>Reads from sysfs which namespace a device file belongs to at the moment.</summary>
internal static class SysfsUuid
{
    /// <summary>
    /// The attribute <c>uuid</c> of the namespace, or of the pfn, btt or dax device on it, which is the uuid that ndctl lists for the
    /// namespace. A block device is below it (<c>device</c>), a dax device is its child (Linux v6.1: <c>drivers/nvdimm/pmem.c</c>,
    /// <c>pmem_attach_disk</c>; <c>drivers/dax/bus.c</c>, <c>devm_create_dev_dax</c>).
    /// </summary>
    /// <param name="device">The device file.</param>
    /// <param name="root">The folder below which <c>sys</c> is.</param>
    /// <returns>The text, empty if the namespace has none; null if sysfs has no such attribute for the file.</returns>
    /// <exception cref="IOException">The attribute exists and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the attribute.</exception>
    public static string? Read(DeviceFile device, string root)
    {
        try
        {
            return SmallFile.TextOrNull(device.IsDax
                ? Path.Combine(AboveDax(device.DaxFolder(root)), "uuid")
                : Path.Combine(device.BlockFolder(root), "device", "uuid"));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string AboveDax(string link) =>
        Path.GetDirectoryName(Directory.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName ?? link)!;
}
