namespace Nvdimm.Extensions.Host.Native;

/// <summary>The file types that this library distinguishes.</summary>
internal enum FileKind
{
    /// <summary>Another type: a folder, a pipe, a socket.</summary>
    Other,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A block device.</summary>
    Block,

    /// <summary>A character device, such as a dax device.</summary>
    Character,
}
