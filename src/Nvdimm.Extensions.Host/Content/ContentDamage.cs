namespace Nvdimm.Extensions.Host.Content;

/// <summary>Why a superblock cannot be believed, although its signature is there.</summary>
public enum ContentDamage
{
    /// <summary>It is whole.</summary>
    None,

    /// <summary>Its checksum is wrong: some of its bytes are not what its format's programs wrote.</summary>
    Checksum,

    /// <summary>Its fields contradict each other or the format, or what they speak of is not there.</summary>
    Fields,

    /// <summary>The device ends inside it.</summary>
    Truncated,
}
