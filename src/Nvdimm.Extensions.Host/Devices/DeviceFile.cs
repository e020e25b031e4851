using System.Text;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// The file behind all links. Only the kernel's own name of a device appears in sysfs and tells its type; a link can have any name,
/// <c>dax0.0</c> included.
/// </summary>
/// <param name="Path">The path, without links, <c>.</c> and <c>..</c>.</param>
/// <param name="IsRegular">Whether it is a regular file, which stands for a device file in the trees of tests.</param>
internal readonly record struct DeviceFile(string Path, bool IsRegular = false)
{
    /// <summary>PATH_MAX.</summary>
    private const int MaximumPath = 4096;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>
    /// Whether it has the name of a dax device: not a block device, and not a regular file with such a name outside a folder <c>dev</c>.
    /// </summary>
    public bool IsDax => Name.StartsWith("dax", StringComparison.Ordinal) && (!IsRegular || System.IO.Path.GetFileName(Folder) == "dev");

    private string? Folder => System.IO.Path.GetDirectoryName(Path);

    /// <summary>Whether it is directly in the folder of device files, where those of namespaces are.</summary>
    public bool IsInDeviceFolder(string root) =>
        System.IO.Path.Combine(root, "dev") is var devices && (Folder == devices || Folder == Resolve(devices).Path);

    /// <summary>Whether it is a regular file in a place where regular files do not stand for devices.</summary>
    public bool IsFile(string root) => IsRegular && !IsInDeviceFolder(root);

    /// <summary>The folder in sysfs of a block device.</summary>
    public string BlockFolder(string root) => System.IO.Path.Combine(root, "sys", "block", Name);

    /// <summary>The folder in sysfs of a dax device.</summary>
    public string DaxFolder(string root) => System.IO.Path.Combine(root, "sys", "bus", "dax", "devices", Name);

    /// <summary>
    /// The file behind a path; the path itself if there is no file. Only the system knows where <c>..</c> after a link leads.
    /// </summary>
    /// <exception cref="IOException">The path is a dangling link, or cannot be followed.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to follow the path.</exception>
    public static DeviceFile Resolve(string path)
    {
        // realpath(3) examines every folder on the way; the kernel already knows where it has arrived.
        var descriptor = LinuxCalls.Open(path, LinuxCalls.OpenPathCloseOnExec, 0);
        if (descriptor < 0)
        {
            var failure = SmallFile.Failure($"follow {path}");
            return failure.HResult is Errno.NoSuchFile or Errno.NotADirectory && SmallFile.LinkOrNull(path) is null
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
