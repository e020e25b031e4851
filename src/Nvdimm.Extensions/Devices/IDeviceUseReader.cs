namespace Nvdimm.Extensions.Devices;

/// <summary>
/// Reads the host's own use of a device. Implementations must be able to ask the host itself, and be safe for use by several threads.
/// </summary>
public interface IDeviceUseReader
{
    /// <summary>Reads the host's use of the device at <paramref name="devicePath"/>, such as <c>/dev/pmem0</c>.</summary>
    /// <exception cref="IOException">The use cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the rights to read it.</exception>
    DeviceUse Read(string devicePath);
}
