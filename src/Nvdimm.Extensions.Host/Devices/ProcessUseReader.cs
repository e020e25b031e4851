using System.Globalization;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// Adds to another reader which processes have a device or one of its partitions open or mapped, such as the QEMU of a running VM: by the
/// device number, under any name, in any mount namespace. It examines every process of the host, so use it right before writing, and not
/// for each listing.
/// </summary>
/// <param name="inner">Reads the other uses of the device.</param>
/// <param name="root">The folder below which <c>proc</c> and <c>sys</c> are; <c>/</c>, except in tests.</param>
public sealed class ProcessUseReader(IDeviceUseReader inner, string root = "/") : IDeviceUseReader
{
    /// <inheritdoc/>
    /// <remarks>The calling process does not count. If we lack the right to examine a process, the use is unknown.</remarks>
    public DeviceUse Read(string devicePath)
    {
        ArgumentNullException.ThrowIfNull(devicePath);
        var use = inner.Read(devicePath);
        var device = LinuxFile.IdentityOf(devicePath) ?? throw new FileNotFoundException($"There is no {devicePath}", devicePath);
        var identities = SysfsDeviceUseReader.PartitionNumbers(root, devicePath)
            .Select(LinuxFile.BlockDeviceOf)
            .Append(device)
            .ToHashSet(StringComparer.Ordinal);
        var users = Directory.EnumerateDirectories(Path.Combine(root, "proc"))
            .Select(folder =>
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : -1)
            .Where(process => process >= 0 && process != Environment.ProcessId)
            .Order()
            .Where(process => IsUser(Path.Combine(root, "proc", $"{process}"), devicePath, identities));
        return use with { Uses = [.. use.Uses, .. users.Select(process => $"open in process {process}")] };
    }

    private static bool IsUser(string process, string devicePath, HashSet<string> identities)
    {
        try
        {
            return ProcessFiles.Open(process).Any(IsOne)
                || ProcessFiles.Mapped(process).Any(name => name == devicePath || IsOne(ProcessFiles.Seen(process, name)));
        }
        catch (Exception gone)
            when (gone is FileNotFoundException or DirectoryNotFoundException or IOException { HResult: Errno.NoSuchProcess })
        {
            return false;
        }

        bool IsOne(string path) => LinuxFile.IdentityOf(path) is { } identity && identities.Contains(identity);
    }
}
