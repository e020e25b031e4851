using System.Runtime.InteropServices;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// Adds to another reader whether somebody has a block device for himself, whoever it is: a mount in another namespace, a file system that
/// has its journal or a part of its data on it, RAID, device mapper. None of these need show in <c>/proc/self/mountinfo</c>. It is asked
/// by opening the device in the same way, for a moment and to read only, so it is for the moment before something is written, and not for
/// each listing. Needs the right to read the device.
/// </summary>
/// <param name="inner">Says what else the host does with the device.</param>
public sealed class ExclusiveUseReader(IDeviceUseReader inner) : IDeviceUseReader
{
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc/>
    public DeviceUse Read(string devicePath)
    {
        ArgumentNullException.ThrowIfNull(devicePath);
        return With(inner.Read(devicePath), DeviceFile.Behind(devicePath));
    }

    /// <summary>The use, with the exclusive holder where there is one of which nothing else is known.</summary>
    internal static DeviceUse With(DeviceUse use, DeviceFile device) =>
        use.Uses.Count == 0 && !device.IsDax && IsHeld(device.Path)
            ? use with { Uses = ["held exclusively, by a mount in another namespace, a file system's journal or second device, or another program"] }
            : use;

    /// <summary>Somebody else who asks the same has the device for microseconds; whoever uses it, for longer.</summary>
    private static bool IsHeld(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            var descriptor = LinuxCalls.Open(path, LinuxCalls.OpenReadCloseOnExec | LinuxCalls.OpenExclusively, 0);
            if (descriptor >= 0)
            {
                _ = LinuxCalls.Close(descriptor);
                return false;
            }

            if (Marshal.GetLastPInvokeError() != LinuxCalls.Busy)
            {
                throw SmallFile.Failure($"open {path}");
            }

            if (attempt == Attempts)
            {
                return true;
            }

            Thread.Sleep(Pause);
        }
    }
}
