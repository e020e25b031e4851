using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;

namespace Nvdimm.DevEngine.Nvdimms;

/// <summary>Reads how this machine uses a device, or a file that stands for one: the kernel's uses, and a QEMU that has it open.</summary>
internal sealed class MachineUseReader : IDeviceUseReader
{
    private readonly SysfsDeviceUseReader kernel = new();

    /// <inheritdoc/>
    public DeviceUse Read(string devicePath)
    {
        ArgumentNullException.ThrowIfNull(devicePath);
        var use = kernel.Read(devicePath);
        var users = RunningQemus.List().Where(process => process.Uses(devicePath)).Select(
            process => $"open in process {process.ProcessId}, QEMU of {process.VmName}");
        return use with { Uses = [.. use.Uses, .. users] };
    }
}
