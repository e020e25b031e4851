namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>No sizing rules are known for the architecture.</summary>
    public const string ArchitectureUnsupported = "NVDIMM_ARCHITECTURE_UNSUPPORTED";

    /// <summary>The device size or alignment is above 2^62 bytes, or the label size above 2^61.</summary>
    public const string SizeOutOfRange = "NVDIMM_SIZE_OUT_OF_RANGE";

    /// <summary>Nothing is left for the guest after the label and the rounding.</summary>
    public const string DeviceTooSmall = "NVDIMM_DEVICE_TOO_SMALL";

    /// <summary>libvirt would give QEMU a size that is larger than the device.</summary>
    public const string LargerThanDevice = "NVDIMM_LARGER_THAN_DEVICE";

    /// <summary>libvirt refuses the target size: not larger than the label, or on POWER less than 256 MiB beside it.</summary>
    public const string BelowLibvirtMinimum = "NVDIMM_BELOW_LIBVIRT_MINIMUM";

    /// <summary>The label area is smaller than 128 KiB, the minimum of libvirt and QEMU.</summary>
    public const string LabelTooSmall = "NVDIMM_LABEL_TOO_SMALL";

    /// <summary>The label area is not a whole number of KiB, the unit in which libvirt reads it.</summary>
    public const string LabelNotKiB = "NVDIMM_LABEL_NOT_KIB";

    /// <summary>QEMU takes only powers of two as alignment.</summary>
    public const string AlignNotPowerOfTwo = "NVDIMM_ALIGN_NOT_POWER_OF_TWO";

    /// <summary>Neither divides the alignment the hot-plug block nor the other way round; the engine attaches such a device and then cannot start the VM.</summary>
    public const string AlignIncompatible = "NVDIMM_ALIGN_INCOMPATIBLE";

    /// <summary>The alignment is not a multiple of the host's page size.</summary>
    public const string AlignBelowPage = "NVDIMM_ALIGN_BELOW_PAGE";

    /// <summary>A dax device can only be mapped in multiples of its own alignment.</summary>
    public const string DevdaxNotMultiple = "NVDIMM_DEVDAX_NOT_MULTIPLE";

    /// <summary>A dax device whose alignment is not known: QEMU may or may not map it.</summary>
    public const string DevdaxAlignUnknown = "NVDIMM_DEVDAX_ALIGN_UNKNOWN";

    /// <summary>
    /// An alignment that is to be kept is smaller than that of the dax device: QEMU refuses it where it can read the device's, and otherwise
    /// starts or not by chance.
    /// </summary>
    public const string DevdaxAlignTooSmall = "NVDIMM_DEVDAX_ALIGN_TOO_SMALL";

    /// <summary>QEMU from 9.1 on refuses a backend that is no multiple of the page; a warning where its version is not known.</summary>
    public const string BackendNotPages = "NVDIMM_BACKEND_NOT_PAGES";

    /// <summary>The versions of libvirt and QEMU are not known, and the oldest and the newest lead to different layouts.</summary>
    public const string VersionsDiffer = "NVDIMM_VERSIONS_DIFFER";

    /// <summary>The guest size is not a multiple of the hot-plug block: memory plugged later does not come online in the guest.</summary>
    public const string HotPlugMisaligned = "NVDIMM_HOTPLUG_MISALIGNED";

    /// <summary>A target size that is to be kept is not a whole number of KiB, the unit in which libvirt reads it.</summary>
    public const string TargetSizeNotKiB = "NVDIMM_TARGET_SIZE_NOT_KIB";

    /// <summary>A DIMM of that size does not come online in the guest at any address.</summary>
    public const string DimmSize = "NVDIMM_DIMM_SIZE";

    /// <summary>A plugged DIMM would get an address at which it does not come online in the guest; another one is advised.</summary>
    public const string DimmMisaligned = "NVDIMM_DIMM_MISALIGNED";

    /// <summary>There is no room for a memory device: maximum memory, slots or addresses.</summary>
    public const string DimmNoRoom = "NVDIMM_DIMM_NO_ROOM";

    /// <summary>The guest's addresses reach so near to 1 TiB that their place depends on the processor.</summary>
    public const string DimmAddressUnknown = "NVDIMM_DIMM_ADDRESS_UNKNOWN";
}
