using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// Finds the device behind the path of a domain's NVDIMM, whatever kind it is of: the device file of a namespace, or a regular file, which
/// QEMU's documentation recommends on a file system that is mounted with DAX (QEMU v7.2.0 <c>docs/nvdimm.txt</c>).
/// </summary>
/// <param name="root">
/// The folder below which <c>sys</c>, <c>proc</c> and <c>dev</c> are; <c>/</c>, except in tests. The files themselves are those of this host in any
/// case.
/// </param>
public sealed class HostDevices(string root = "/")
{
    private readonly SysfsNvdimmReader namespaces = new(root);

    /// <summary>The same, with a reader that others ask, too.</summary>
    internal HostDevices(SysfsNvdimmReader namespaces, string root)
        : this(root) => this.namespaces = namespaces;

    /// <summary>
    /// The device at a path. A regular file is named by its path and has no uuid, no alignment and no NUMA node of its own; with
    /// <see cref="NvdimmCodes.FileSparse"/> as a warning where the file system has not allocated all of it.
    /// </summary>
    /// <returns>
    /// The device; null where nothing is at the path, or neither a namespace's device file nor a regular file. A regular file in <c>/dev</c>
    /// itself is none either: somebody has written to the name of a device that is not there.
    /// </returns>
    /// <param name="path">An absolute path, or a link.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="IOException">What is there cannot be read, or an attribute says what no kernel says.</exception>
    /// <exception cref="UnauthorizedAccessException">What is there may not be read.</exception>
    public NvdimmDevice? Find(string path) => namespaces.Find(path) ?? (IsFile(path) ? BackingFileReader.Read(path, root) : null);

    /// <summary>Whether a path is that of a regular file which could back an NVDIMM, so that no listing of namespaces has it.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public bool IsFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith('/') && LinuxFile.StatusOrNull(path) is { Kind: FileKind.Regular } && DeviceFile.Behind(path).IsFile(root);
    }
}
