using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>A block device or partition in sysfs.</summary>
/// <param name="Name">The name, such as <c>pmem0</c>.</param>
/// <param name="Number">The major and minor number, such as <c>259:0</c>.</param>
/// <param name="IsReadOnly">Whether the kernel refuses writes.</param>
/// <param name="Holders">The devices on top of it, such as <c>dm-0</c>.</param>
internal sealed record BlockDevice(string Name, string Number, bool IsReadOnly, ValueList<string> Holders)
{
    /// <summary>The device file, by the kernel's name.</summary>
    public string Path => $"/dev/{Name}";

    public static BlockDevice Read(string folder) => new(
        System.IO.Path.GetFileName(folder),
        SmallFile.Text(System.IO.Path.Combine(folder, "dev")),
        !string.Equals(SmallFile.Text(System.IO.Path.Combine(folder, "ro")), "0", StringComparison.Ordinal),
        SmallFolder.Names(System.IO.Path.Combine(folder, "holders")).ToValueList());
}
