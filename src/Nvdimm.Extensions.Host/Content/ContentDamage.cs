namespace Nvdimm.Extensions.Host.Content;

/// <summary>Why a superblock with a valid signature is not valid.</summary>
public enum ContentDamage
{
    /// <summary>The superblock is valid.</summary>
    None,

    /// <summary>The checksum is wrong: some bytes are not what the format's tools wrote.</summary>
    Checksum,

    /// <summary>The fields contradict each other or the format, or refer to something that is not there.</summary>
    Fields,

    /// <summary>The device ends inside the superblock.</summary>
    Truncated,
}
