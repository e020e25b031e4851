namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>The device has a file system or the like that extends beyond the guest size of the planned layout.</summary>
    public const string ContentCut = "NVDIMM_CONTENT_CUT";

    /// <summary>The device has a file system or the like, and the guest would get all of it.</summary>
    public const string ContentFound = "NVDIMM_CONTENT_FOUND";

    /// <summary>The device has known content whose superblock is damaged.</summary>
    public const string ContentDamaged = "NVDIMM_CONTENT_DAMAGED";

    /// <summary>The device has known content whose superblock does not state its size.</summary>
    public const string ContentSizeUnknown = "NVDIMM_CONTENT_SIZE_UNKNOWN";

    /// <summary>The device has content that is located at the end of a device, and the guest's device would end elsewhere.</summary>
    public const string ContentNotAtEnd = "NVDIMM_CONTENT_NOT_AT_END";

    /// <summary>The start of the device is neither blank nor of a known format.</summary>
    public const string ContentUnknown = "NVDIMM_CONTENT_UNKNOWN";
}
