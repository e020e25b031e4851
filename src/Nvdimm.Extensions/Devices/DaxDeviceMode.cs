namespace Nvdimm.Extensions.Devices;

/// <summary>The use of a dax device.</summary>
public enum DaxDeviceMode
{
    /// <summary>The listing has no mode, or one that no known ndctl prints.</summary>
    Unknown,

    /// <summary>A character device.</summary>
    Devdax,

    /// <summary>System RAM of the host.</summary>
    SystemRam,

    /// <summary>Memory for a famfs file system (Linux 7, ndctl 85): the device cannot be mapped.</summary>
    Famfs,
}
