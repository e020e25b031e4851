namespace Nvdimm.Extensions.Devices;

/// <summary>What a dax device is used for.</summary>
public enum DaxDeviceMode
{
    /// <summary>Not listed, or a mode that no known ndctl prints.</summary>
    Unknown,

    /// <summary>A character device.</summary>
    Devdax,

    /// <summary>System RAM of the host.</summary>
    SystemRam,

    /// <summary>Memory for a famfs file system (Linux 7, ndctl 85): the device cannot be mapped.</summary>
    Famfs,
}
