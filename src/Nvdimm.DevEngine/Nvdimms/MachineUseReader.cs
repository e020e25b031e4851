using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.DevEngine.Nvdimms;

/// <summary>
/// What this machine does with a device: of a block or dax device what the kernel says; of a file that stands for one whether a loop device is
/// on it; of both whether a QEMU has it.
/// </summary>
internal sealed class MachineUseReader : IDeviceUseReader
{
    private readonly SysfsDeviceUseReader kernel = new();

    /// <inheritdoc/>
    public DeviceUse Read(string devicePath)
    {
        ArgumentNullException.ThrowIfNull(devicePath);
        var use = devicePath.StartsWith("/dev/", StringComparison.Ordinal) ? kernel.Read(devicePath) : DeviceUse.Free with { Uses = Loops(devicePath) };
        var users = RunningQemus.List().Where(process => process.Uses(devicePath)).Select(process => $"open in process {process.ProcessId}, QEMU of {process.VmName}");
        return use with { Uses = [.. use.Uses, .. users] };
    }

    private static ValueList<string> Loops(string path) => Directory.EnumerateDirectories("/sys/block", "loop*")
        .Where(folder => File.Exists(Path.Combine(folder, "loop", "backing_file"))
            && string.Equals(File.ReadAllText(Path.Combine(folder, "loop", "backing_file")).TrimEnd('\n'), path, StringComparison.Ordinal))
        .Select(folder => $"held by {Path.GetFileName(folder)}")
        .ToValueList();
}
