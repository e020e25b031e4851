namespace Nvdimm.Extensions;

/// <summary>Our own codes. The texts are in <see cref="FindingTexts"/>; the engine's codes are in <see cref="EngineCodes"/>.</summary>
public static partial class NvdimmCodes
{
    /// <summary>
    /// The namespace is disabled: no driver is bound to it, and ndctl may list the raw area under it instead of the namespace.
    /// </summary>
    public const string NamespaceDisabled = "NVDIMM_NAMESPACE_DISABLED";

    /// <summary>The kernel driver that creates the namespace's device is not bound or not loaded.</summary>
    public const string DriverNotBound = "NVDIMM_DRIVER_NOT_BOUND";

    /// <summary>The dax device is system RAM of the host.</summary>
    public const string DaxSystemRam = "NVDIMM_DAX_SYSTEM_RAM";

    /// <summary>The dax device exists, but its driver is not bound.</summary>
    public const string DaxDisabled = "NVDIMM_DAX_DISABLED";

    /// <summary>
    /// The size of the dax device is not that of the namespace, or the namespace has several dax devices. Linux creates neither: the dax
    /// region of a namespace is static, and only memory without a namespace can be divided with <c>daxctl create-device</c> (Linux v5.10
    /// and later, <c>drivers/dax/pmem.c</c>, IORESOURCE_DAX_STATIC; tried with Linux 6.1 and daxctl 76.1). So such a namespace is refused
    /// as a whole.
    /// </summary>
    public const string DaxSizeMismatch = "NVDIMM_DAX_SIZE_MISMATCH";

    /// <summary>The dax device needs a larger alignment than the namespace reports.</summary>
    public const string DaxAlignMismatch = "NVDIMM_DAX_ALIGN_MISMATCH";

    /// <summary>The namespace is a seed: an empty namespace that the kernel keeps for the next one to be created.</summary>
    public const string SeedNamespace = "NVDIMM_SEED_NAMESPACE";

    /// <summary>The listing names neither a block device nor a dax device.</summary>
    public const string NoDevicePath = "NVDIMM_NO_DEVICE_PATH";

    /// <summary>A raw namespace has no UUID: its DIMM has no label area, or a blank one.</summary>
    public const string NoLabels = "NVDIMM_NO_LABELS";

    /// <summary>The kernel knows no NUMA node for the namespace, or ndctl ran without <c>-v</c>.</summary>
    public const string NoNumaNode = "NVDIMM_NO_NUMA_NODE";

    /// <summary>The device is read-only.</summary>
    public const string ReadOnly = "NVDIMM_READ_ONLY";

    /// <summary>The host itself uses the device.</summary>
    public const string InUseByHost = "NVDIMM_IN_USE_BY_HOST";

    /// <summary>The host's own use of the device could not be read.</summary>
    public const string HostUseUnknown = "NVDIMM_HOST_USE_UNKNOWN";

    /// <summary>The kernel knows bad blocks on the device.</summary>
    public const string BadBlocks = "NVDIMM_BAD_BLOCKS";

    /// <summary>A file that backs an NVDIMM is not fully allocated: it has holes, or its file system compresses it.</summary>
    public const string FileSparse = "NVDIMM_FILE_SPARSE";

    /// <summary>Two namespaces of one listing have the same device file.</summary>
    public const string DuplicatePath = "NVDIMM_DUPLICATE_PATH";

    /// <summary>Two namespaces of one listing have the same UUID.</summary>
    public const string DuplicateUuid = "NVDIMM_DUPLICATE_UUID";
}
