using Nvdimm.Extensions.Host.Native;

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

/// <summary>A line of <c>/proc/self/mountinfo</c> (Linux, <c>proc(5)</c>).</summary>
/// <param name="Number">The device's major and minor number; file systems such as btrfs have their own.</param>
/// <param name="Target">The mount point.</param>
/// <param name="Source">The mounted device, such as <c>/dev/pmem0</c>.</param>
/// <param name="Options">The options of the file system, which are the same for all its mounts, such as <c>rw,dax=always</c>.</param>
internal readonly record struct MountTable(string Number, string Target, string Source, string Options)
{
    /// <summary>Whether it is mounted with DAX for all files: <c>dax</c>, and <c>dax=always</c> since Linux 5.8.</summary>
    public bool IsDax => Options.Split(',').Any(option => option is "dax" or "dax=always");

    public static IEnumerable<MountTable> Read(string path)
    {
        foreach (var line in SmallFile.Lines(path))
        {
            var fields = line.Split(' ');
            var separator = Array.IndexOf(fields, "-");
            if (separator < 6 || separator + 2 >= fields.Length)
            {
                throw new IOException($"{path} has a line that is no mount: '{line}'");
            }

            var options = separator + 3 < fields.Length ? fields[separator + 3] : "";
            yield return new MountTable(fields[2], OctalText.Decode(fields[4]), OctalText.Decode(fields[separator + 2]), options);
        }
    }
}

/// <summary>The swap areas in <c>/proc/swaps</c>.</summary>
internal static class SwapTable
{
    /// <summary>The files of the swap areas; the first line is a heading.</summary>
    public static IEnumerable<string> Read(string path) =>
        SmallFile.Lines(path).Skip(1).Select(line => OctalText.Decode(line.Split([' ', '\t'])[0]));
}
