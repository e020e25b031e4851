namespace Nvdimm.Extensions.Ownership;

/// <summary>A kind of fact by which devices are compared.</summary>
public enum DeviceFact
{
    /// <summary>The UUID.</summary>
    Uuid,

    /// <summary>The UUID of the raw area under the namespace.</summary>
    RawUuid,

    /// <summary>The UUID of one device equals that of the raw area under the other.</summary>
    RawArea,

    /// <summary>File system, inode and generation of a regular file.</summary>
    File,

    /// <summary>The region's interleave set.</summary>
    InterleaveSet,

    /// <summary>The labels that a guest wrote on the device.</summary>
    Labels,

    /// <summary>The UUID of the file system, volume or partition table on the device.</summary>
    Content,

    /// <summary>The kernel name, or the path of a file.</summary>
    Name,

    /// <summary>The size. It does not decide identity, since a device can grow.</summary>
    Size,

    /// <summary>The mode. It does not decide identity, since a namespace can be given another mode.</summary>
    Mode,
}
