using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// Finds the device behind the path of a domain's NVDIMM: the device file of a namespace, or a regular file, which QEMU's documentation
/// recommends on a file system that is mounted with DAX (QEMU v7.2.0 <c>docs/nvdimm.txt</c>).
/// </summary>
/// <param name="root">
/// The folder below which <c>sys</c>, <c>proc</c> and <c>dev</c> are; <c>/</c>, except in tests. The files themselves are always this
/// host's.
/// </param>
public sealed class HostDevices(string root = "/")
{
    private readonly SysfsNvdimmReader namespaces = new(root);

    /// <summary>As above, with a shared reader of namespaces.</summary>
    internal HostDevices(SysfsNvdimmReader namespaces, string root)
        : this(root) => this.namespaces = namespaces;

    /// <summary>
    /// The device at a path. A regular file is named by its path and has no uuid, alignment or NUMA node of its own. It has the warning
    /// <see cref="NvdimmCodes.FileSparse"/> if the file system has not allocated all of it.
    /// </summary>
    /// <returns>
    /// The device; null if the path has nothing, or neither a namespace's device file nor a regular file. A regular file directly in
    /// <c>/dev</c> does not count either: somebody has written to the name of a missing device.
    /// </returns>
    /// <param name="path">An absolute path, or a link.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="IOException">The file cannot be read, or an attribute has a value that no kernel writes.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the file.</exception>
    public NvdimmDevice? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return namespaces.Find(path) ?? (IsFile(path) ? BackingFileReader.Read(path, root) : null);
    }

    /// <summary>Whether a path is that of a regular file that could back an NVDIMM, and so is in no listing of namespaces.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to examine the file.</exception>
    public bool IsFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith('/') && LinuxFile.StatusOrNull(path) is { Kind: FileKind.Regular } && DeviceFile.Resolve(path).IsFile(root);
    }
}
