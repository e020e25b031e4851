namespace Nvdimm.Extensions.Devices;

/// <summary>Asks the host what it does with a device. Implemented where the host itself can be asked.</summary>
public interface IDeviceUseReader
{
    /// <summary>What the host does with the device at <paramref name="devicePath"/>, such as <c>/dev/pmem0</c>.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    DeviceUse Read(string devicePath);
}
