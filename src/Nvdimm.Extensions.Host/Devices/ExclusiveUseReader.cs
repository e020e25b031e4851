using System.Runtime.InteropServices;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// Adds to another reader whether any holder has the block device open exclusively (O_EXCL): a mount in another mount namespace, a file
/// system with its journal or a part of its data on it, RAID, device mapper. None of these need appear in <c>/proc/self/mountinfo</c>. The
/// reader finds out by opening the device exclusively and read-only for a moment. So use it right before writing, and not for each listing.
/// It needs the right to read the device.
/// </summary>
/// <param name="inner">Reads the other uses of the device.</param>
public sealed class ExclusiveUseReader(IDeviceUseReader inner) : IDeviceUseReader
{
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc/>
    public DeviceUse Read(string devicePath)
    {
        ArgumentNullException.ThrowIfNull(devicePath);
        return With(inner.Read(devicePath), DeviceFile.Resolve(devicePath));
    }

    /// <summary>The use, with the exclusive holder if no other use is known.</summary>
    internal static DeviceUse With(DeviceUse use, DeviceFile device) =>
        use.Uses.Count == 0 && !device.IsDax && IsHeld(device.Path)
            ? use with
            {
                Uses = ["held exclusively, by a mount in another namespace, a file system's journal or second device, or another program"],
            }
            : use;

    /// <summary>
    /// Whether a holder has the device. Another reader like this one holds it for microseconds, a real holder for longer.
    /// </summary>
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

            if (Marshal.GetLastPInvokeError() != Errno.Busy)
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
