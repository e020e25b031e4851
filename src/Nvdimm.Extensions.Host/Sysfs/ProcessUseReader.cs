using System.Globalization;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Sysfs;

/// <summary>
/// Adds to another reader which processes have a device file open or mapped, such as the QEMU of a running VM. Looks through every process
/// of the host, so it is for the moment before something is written, and not for each listing.
/// </summary>
/// <param name="inner">Says what else the host does with the device.</param>
/// <param name="root">The folder below which <c>proc</c> is; <c>/</c>, except in tests.</param>
public sealed class ProcessUseReader(IDeviceUseReader inner, string root = "/") : IDeviceUseReader
{
    /// <summary>ESRCH: the process ended while its file was read.</summary>
    private const int NoSuchProcess = 3;

    /// <inheritdoc/>
    /// <remarks>The calling process itself does not count. A process that may not be looked into makes the use unknown.</remarks>
    public DeviceUse Read(string devicePath)
    {
        ArgumentNullException.ThrowIfNull(devicePath);
        var use = inner.Read(devicePath);
        var users = Directory.EnumerateDirectories(Path.Combine(root, "proc"))
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : -1)
            .Where(process => process >= 0 && process != Environment.ProcessId)
            .Order()
            .Where(process => IsUser(Path.Combine(root, "proc", $"{process}"), devicePath));
        return use with { Uses = [.. use.Uses, .. users.Select(process => $"open in process {process}")] };
    }

    private static bool IsUser(string process, string path)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd")).Any(descriptor => File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName == path)
                || File.ReadLines(Path.Combine(process, "maps")).Any(line => line.EndsWith($" {path}", StringComparison.Ordinal));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException { HResult: NoSuchProcess })
        {
            return false;
        }
    }
}
