namespace Nvdimm.Extensions.Host.Native;

/// <summary>What is behind a name, as far as this library tells kinds apart.</summary>
internal enum FileKind
{
    /// <summary>A folder, a pipe, a socket.</summary>
    Other,

    /// <summary>A file with a content of its own.</summary>
    Regular,

    /// <summary>A block device.</summary>
    Block,

    /// <summary>A character device, such as a dax device.</summary>
    Character,
}
