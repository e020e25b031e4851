namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>Content on the device ends behind what the planned layout gives the guest, or the label area would overwrite it.</summary>
    public const string ContentCut = "NVDIMM_CONTENT_CUT";

    /// <summary>The device has content that fits the planned layout.</summary>
    public const string ContentFound = "NVDIMM_CONTENT_FOUND";

    /// <summary>The device has content whose size cannot be told: its superblock is damaged or contradicts itself.</summary>
    public const string ContentDamaged = "NVDIMM_CONTENT_DAMAGED";
}
