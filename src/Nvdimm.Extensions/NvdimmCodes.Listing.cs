namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>A namespace that is not a seed has 0 bytes: the kernel could not map what its superblock describes.</summary>
    public const string ZeroSize = "NVDIMM_ZERO_SIZE";

    /// <summary>
    /// A namespace with a UUID is listed as fsdax without the keys of a superblock. The kernel exposes the raw area, with the UUID of that
    /// area (POWER, Linux: <c>pmem_should_map_pages</c>), and the device's former content begins elsewhere in it.
    /// </summary>
    public const string RawAreaOffered = "NVDIMM_RAW_AREA_OFFERED";

    /// <summary>A devdax namespace is listed without its dax region: the dax device may be system RAM of the host.</summary>
    public const string DaxModeNotListed = "NVDIMM_DAX_MODE_NOT_LISTED";

    /// <summary>
    /// The dax device is neither devdax nor system RAM, and cannot be mapped: it is in the mode famfs (Linux 7, driver <c>fsdev_dax</c>),
    /// or has an unknown driver.
    /// </summary>
    public const string DaxNotDevdax = "NVDIMM_DAX_NOT_DEVDAX";

    /// <summary>A DIMM reports a failure that affects its content.</summary>
    public const string DimmFailed = "NVDIMM_DIMM_FAILED";

    /// <summary>The health of a DIMM is not good, or could not be read.</summary>
    public const string DimmHealth = "NVDIMM_DIMM_HEALTH";

    /// <summary>A DIMM raises an alarm: temperature, spare blocks, a dirty shutdown, a pending health event.</summary>
    public const string DimmAlarm = "NVDIMM_DIMM_ALARM";

    /// <summary>A DIMM is locked or being overwritten, or its security state is frozen.</summary>
    public const string DimmSecurity = "NVDIMM_DIMM_SECURITY";

    /// <summary>The kernel does not state that a region keeps its content when power fails.</summary>
    public const string PersistenceUnknown = "NVDIMM_PERSISTENCE_UNKNOWN";

    /// <summary>The listing has buses, regions or DIMMs, but no namespaces.</summary>
    public const string NdctlNoNamespaces = "NVDIMM_NDCTL_NO_NAMESPACES";

    /// <summary>A CXL bus has no namespace in the listing: its region may have to be created again.</summary>
    public const string CxlWithoutNamespaces = "NVDIMM_CXL_WITHOUT_NAMESPACES";

    /// <summary>The host has DAX devices that are in no NVDIMM namespace.</summary>
    public const string DaxWithoutNamespace = "NVDIMM_DAX_WITHOUT_NAMESPACE";

    /// <summary>The input is the listing of <c>daxctl</c> or <c>cxl</c>, which has no namespaces.</summary>
    public const string NdctlOtherProgram = "NVDIMM_NDCTL_OTHER_PROGRAM";
}
