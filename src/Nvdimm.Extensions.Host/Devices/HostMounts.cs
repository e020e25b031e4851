namespace Nvdimm.Extensions.Host.Devices;

/// <summary>The mounts and swap areas of the host, read once for several devices.</summary>
/// <param name="Mounts">The mounts.</param>
/// <param name="Swaps">The files of the swap areas.</param>
internal sealed record HostMounts(ValueList<MountTable> Mounts, ValueList<string> Swaps)
{
    /// <exception cref="IOException">A table cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read a table.</exception>
    public static HostMounts Read(string root) => new(
        MountTable.Read(Path.Combine(root, "proc", "self", "mountinfo")).ToValueList(),
        SwapTable.Read(Path.Combine(root, "proc", "swaps")).ToValueList());
}
