namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>No sizing rules are known for the architecture.</summary>
    public const string ArchitectureUnsupported = "NVDIMM_ARCHITECTURE_UNSUPPORTED";

    /// <summary>The device size or alignment is above 2^62 bytes, or the label size above 2^61.</summary>
    public const string SizeOutOfRange = "NVDIMM_SIZE_OUT_OF_RANGE";

    /// <summary>The label and the rounding leave nothing for the guest.</summary>
    public const string DeviceTooSmall = "NVDIMM_DEVICE_TOO_SMALL";

    /// <summary>libvirt would give QEMU a size that is larger than the device.</summary>
    public const string LargerThanDevice = "NVDIMM_LARGER_THAN_DEVICE";

    /// <summary>libvirt refuses the target size: it is not larger than the label, or on POWER less than 256 MiB larger.</summary>
    public const string BelowLibvirtMinimum = "NVDIMM_BELOW_LIBVIRT_MINIMUM";

    /// <summary>The label area is smaller than 128 KiB, the minimum of libvirt and QEMU.</summary>
    public const string LabelTooSmall = "NVDIMM_LABEL_TOO_SMALL";

    /// <summary>The label area is not a whole number of KiB, the unit in which libvirt reads it.</summary>
    public const string LabelNotKiB = "NVDIMM_LABEL_NOT_KIB";

    /// <summary>The alignment is not a power of two; QEMU refuses it.</summary>
    public const string AlignNotPowerOfTwo = "NVDIMM_ALIGN_NOT_POWER_OF_TWO";

    /// <summary>
    /// The alignment neither divides the hot-plug block nor is a multiple of it; the engine attaches such a device and then cannot start
    /// the VM.
    /// </summary>
    public const string AlignIncompatible = "NVDIMM_ALIGN_INCOMPATIBLE";

    /// <summary>The alignment is not a multiple of the host's page size.</summary>
    public const string AlignBelowPage = "NVDIMM_ALIGN_BELOW_PAGE";

    /// <summary>The size is not a multiple of the dax device's own alignment, in which it must be mapped.</summary>
    public const string DevdaxNotMultiple = "NVDIMM_DEVDAX_NOT_MULTIPLE";

    /// <summary>The alignment of a dax device is not known; QEMU may fail to map it.</summary>
    public const string DevdaxAlignUnknown = "NVDIMM_DEVDAX_ALIGN_UNKNOWN";

    /// <summary>
    /// An alignment to keep is smaller than that of the dax device. QEMU refuses it if it can read the device's alignment; otherwise it
    /// starts or fails by chance.
    /// </summary>
    public const string DevdaxAlignTooSmall = "NVDIMM_DEVDAX_ALIGN_TOO_SMALL";

    /// <summary>The backend is not a multiple of the page size; QEMU refuses it from 9.1. A warning if its version is not known.</summary>
    public const string BackendNotPages = "NVDIMM_BACKEND_NOT_PAGES";

    /// <summary>The versions of libvirt and QEMU are not known, and the oldest and the newest lead to different layouts.</summary>
    public const string VersionsDiffer = "NVDIMM_VERSIONS_DIFFER";

    /// <summary>
    /// The guest size is not a multiple of the hot-plug block: the guest cannot take memory online that is plugged later.
    /// </summary>
    public const string HotPlugMisaligned = "NVDIMM_HOTPLUG_MISALIGNED";

    /// <summary>A target size to keep is not a whole number of KiB, the unit in which libvirt reads it.</summary>
    public const string TargetSizeNotKiB = "NVDIMM_TARGET_SIZE_NOT_KIB";

    /// <summary>The guest cannot take a DIMM of that size online at any address.</summary>
    public const string DimmSize = "NVDIMM_DIMM_SIZE";

    /// <summary>A plugged DIMM would get an address at which the guest cannot take it online; another address is advised.</summary>
    public const string DimmMisaligned = "NVDIMM_DIMM_MISALIGNED";

    /// <summary>There is no room for a memory device: the maximum memory, the slots or the addresses are used up.</summary>
    public const string DimmNoRoom = "NVDIMM_DIMM_NO_ROOM";

    /// <summary>The guest's addresses reach so close to 1 TiB that their position depends on the processor.</summary>
    public const string DimmAddressUnknown = "NVDIMM_DIMM_ADDRESS_UNKNOWN";
}
