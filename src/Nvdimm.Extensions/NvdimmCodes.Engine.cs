namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>The NVDIMM devices of a host could not be read.</summary>
    public const string InventoryUnavailable = "NVDIMM_INVENTORY_UNAVAILABLE";

    /// <summary>The engine reports a device that the host itself does not list.</summary>
    public const string NotOnHost = "NVDIMM_NOT_ON_HOST";

    /// <summary>The host has a device that the engine does not report.</summary>
    public const string NotReportedByEngine = "NVDIMM_NOT_REPORTED_BY_ENGINE";

    /// <summary>A VM runs without an NVDIMM of its configuration.</summary>
    public const string RunningWithoutDevice = "NVDIMM_RUNNING_WITHOUT_DEVICE";

    /// <summary>A VM has a device configured that its host does not have.</summary>
    public const string ConfiguredDeviceMissing = "NVDIMM_CONFIGURED_DEVICE_MISSING";

    /// <summary>A VM with NVDIMMs is not pinned to exactly one host, so its devices cannot be identified.</summary>
    public const string ConfiguredWithoutHost = "NVDIMM_CONFIGURED_WITHOUT_HOST";

    /// <summary>The attachment record has a device for a VM that the engine does not have.</summary>
    public const string RecordWithoutVm = "NVDIMM_RECORD_WITHOUT_VM";
}
