namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>The device holds a file system or the like that ends behind what the planned layout gives the guest.</summary>
    public const string ContentCut = "NVDIMM_CONTENT_CUT";

    /// <summary>The device holds a file system or the like, and the guest would get all of it.</summary>
    public const string ContentFound = "NVDIMM_CONTENT_FOUND";

    /// <summary>The device holds something whose superblock cannot be believed.</summary>
    public const string ContentDamaged = "NVDIMM_CONTENT_DAMAGED";

    /// <summary>The device holds something whose superblock does not say how large it is.</summary>
    public const string ContentSizeUnknown = "NVDIMM_CONTENT_SIZE_UNKNOWN";

    /// <summary>The device holds something that is looked for at the end of a device, and the guest's device would end elsewhere.</summary>
    public const string ContentNotAtEnd = "NVDIMM_CONTENT_NOT_AT_END";

    /// <summary>The start of the device is not blank, and of no known format.</summary>
    public const string ContentUnknown = "NVDIMM_CONTENT_UNKNOWN";
}
