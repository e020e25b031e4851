namespace Nvdimm.Extensions.Ownership;

/// <summary>A kind of fact by which devices are compared.</summary>
public enum DeviceFact
{
    /// <summary>The uuid.</summary>
    Uuid,

    /// <summary>The uuid of the raw area under the namespace.</summary>
    RawUuid,

    /// <summary>The uuid of one is that of the raw area under the other.</summary>
    RawArea,

    /// <summary>File system, inode and generation of a regular file.</summary>
    File,

    /// <summary>The region's interleave set.</summary>
    InterleaveSet,

    /// <summary>The labels that a guest has written on the device.</summary>
    Labels,

    /// <summary>The uuid of the file system, volume or partition table on the device.</summary>
    Content,

    /// <summary>The kernel name, or the path of a file.</summary>
    Name,

    /// <summary>The size. It decides nothing: a device can grow.</summary>
    Size,

    /// <summary>The mode. It decides nothing: a namespace can be given another one.</summary>
    Mode,
}
