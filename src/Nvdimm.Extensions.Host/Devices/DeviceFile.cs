using System.Text;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// The file behind every link: only the kernel's own name of a device stands in sysfs and says of what kind it is. A link may be called
/// anything, <c>dax0.0</c> included.
/// </summary>
/// <param name="Path">Its path, without links, <c>.</c> and <c>..</c>.</param>
/// <param name="IsRegular">Whether it is a regular file, as device files are in the trees of tests.</param>
internal readonly record struct DeviceFile(string Path, bool IsRegular = false)
{
    /// <summary>PATH_MAX.</summary>
    private const int MaximumPath = 4096;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>
    /// Whether it is called as the kernel calls dax devices: no block device, and no regular file of that name in a folder that is not <c>dev</c>.
    /// </summary>
    public bool IsDax => Name.StartsWith("dax", StringComparison.Ordinal) && (!IsRegular || System.IO.Path.GetFileName(Folder) == "dev");

    private string? Folder => System.IO.Path.GetDirectoryName(Path);

    /// <summary>Whether it is in the folder of device files itself, as those of namespaces are.</summary>
    public bool IsInDeviceFolder(string root) => System.IO.Path.Combine(root, "dev") is var devices && (Folder == devices || Folder == Behind(devices).Path);

    /// <summary>Whether it is a regular file, in a place where those do not stand for devices.</summary>
    public bool IsFile(string root) => IsRegular && !IsInDeviceFolder(root);

    /// <summary>Its folder in sysfs, if it is a block device.</summary>
    public string BlockFolder(string root) => System.IO.Path.Combine(root, "sys", "block", Name);

    /// <summary>Its folder in sysfs, if it is a dax device.</summary>
    public string DaxFolder(string root) => System.IO.Path.Combine(root, "sys", "bus", "dax", "devices", Name);

    /// <summary>The file behind a path; the path itself where there is nothing. Only the system knows what <c>..</c> behind a link leads to.</summary>
    /// <exception cref="IOException">It is a link to nothing, or cannot be followed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be followed.</exception>
    public static DeviceFile Behind(string path)
    {
        // realpath(3) asks for every folder on the way; the kernel knows where it has arrived.
        var descriptor = LinuxCalls.Open(path, LinuxCalls.OpenPathCloseOnExec, 0);
        if (descriptor < 0)
        {
            var failure = SmallFile.Failure($"follow {path}");
            return failure.HResult is LinuxCalls.NoSuchFile or LinuxCalls.NotADirectory && new FileInfo(path).LinkTarget is null
                ? new DeviceFile(path)
                : throw failure;
        }

        try
        {
            Span<byte> real = stackalloc byte[MaximumPath];
            var length = (int)LinuxCalls.ReadLink($"/proc/self/fd/{descriptor}", real, MaximumPath);
            return length > 0
                ? new DeviceFile(Encoding.UTF8.GetString(real[..length]), LinuxFile.StatusOf(descriptor, path).Kind == FileKind.Regular)
                : throw SmallFile.Failure($"follow {path}");
        }
        finally
        {
            _ = LinuxCalls.Close(descriptor);
        }
    }
}
