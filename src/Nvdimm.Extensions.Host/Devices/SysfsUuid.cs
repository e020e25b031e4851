using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>Reads from sysfs which namespace a device file belongs to now.</summary>
internal static class SysfsUuid
{
    /// <summary>
    /// What the attribute <c>uuid</c> of the namespace says, or of the pfn, btt or dax device that sits on it, which is what ndctl lists
    /// as the namespace's. A block device hangs below it (<c>device</c>), a dax device is a child of it
    /// (Linux v6.1: <c>drivers/nvdimm/pmem.c</c>, <c>pmem_attach_disk</c>; <c>drivers/dax/bus.c</c>, <c>devm_create_dev_dax</c>).
    /// </summary>
    /// <param name="device">The device file.</param>
    /// <param name="root">The folder below which <c>sys</c> is.</param>
    /// <returns>The text, empty where the namespace has none; null where sysfs has no such attribute for the file.</returns>
    /// <exception cref="IOException">The attribute is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The attribute is there and may not be read.</exception>
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
