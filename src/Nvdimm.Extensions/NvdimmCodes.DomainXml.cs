namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>The text is not well-formed XML.</summary>
    public const string XmlMalformed = "NVDIMM_XML_MALFORMED";

    /// <summary>The XML has a document type or entities, which are refused.</summary>
    public const string XmlDtd = "NVDIMM_XML_DTD";

    /// <summary>The XML exceeds the limit of 16 Mi characters or 256 levels.</summary>
    public const string XmlTooLarge = "NVDIMM_XML_TOO_LARGE";

    /// <summary>The XML is not a libvirt domain with devices.</summary>
    public const string XmlNotDomain = "NVDIMM_XML_NOT_DOMAIN";

    /// <summary>An attribute or element of the domain XML is in a namespace; libvirt may read it as if it were in none.</summary>
    public const string XmlNamespace = "NVDIMM_XML_NAMESPACE";

    /// <summary>A value in the domain XML cannot be read.</summary>
    public const string XmlBadValue = "NVDIMM_XML_BAD_VALUE";

    /// <summary>The domain has no NUMA cell with that number.</summary>
    public const string XmlNoGuestNode = "NVDIMM_XML_NO_GUEST_NODE";

    /// <summary>The domain has no NVDIMM with that path.</summary>
    public const string XmlNotAttached = "NVDIMM_XML_NOT_ATTACHED";

    /// <summary>The domain has an NVDIMM whose path is not a device of the host.</summary>
    public const string XmlUnmatched = "NVDIMM_XML_UNMATCHED";

    /// <summary>Another device of the domain has that alias.</summary>
    public const string XmlAliasTaken = "NVDIMM_XML_ALIAS_TAKEN";

    /// <summary>The domain has no ACPI, without which QEMU does not start or the guest does not see the NVDIMM.</summary>
    public const string XmlNoAcpi = "NVDIMM_XML_NO_ACPI";

    /// <summary>The layout was computed for another architecture than the domain's.</summary>
    public const string XmlOtherArchitecture = "NVDIMM_XML_OTHER_ARCHITECTURE";

    /// <summary>libvirt refuses discard on an NVDIMM.</summary>
    public const string XmlDiscard = "NVDIMM_XML_DISCARD";

    /// <summary>libvirt refuses the UUID of an NVDIMM on every architecture but POWER.</summary>
    public const string XmlUuid = "NVDIMM_XML_UUID";

    /// <summary>QEMU refuses the alignment of an NVDIMM.</summary>
    public const string XmlAlignSize = "NVDIMM_XML_ALIGN_SIZE";

    /// <summary>libvirt refuses the label size of an NVDIMM.</summary>
    public const string XmlLabelSize = "NVDIMM_XML_LABEL_SIZE";

    /// <summary>libvirt refuses an NVDIMM without a label on POWER.</summary>
    public const string XmlLabelMissing = "NVDIMM_XML_LABEL_MISSING";

    /// <summary>libvirt refuses an NVDIMM without a NUMA node in a domain with NUMA cells.</summary>
    public const string XmlNodeMissing = "NVDIMM_XML_NODE_MISSING";

    /// <summary>libvirt before 9.6 refuses an NVDIMM in a domain without NUMA cells, except on POWER.</summary>
    public const string XmlNoNuma = "NVDIMM_XML_NO_NUMA";

    /// <summary>The address of an NVDIMM has another type than <c>dimm</c>.</summary>
    public const string XmlAddressType = "NVDIMM_XML_ADDRESS_TYPE";

    /// <summary>QEMU refuses the base address of an NVDIMM, which is not a multiple of its alignment.</summary>
    public const string XmlAddressMisaligned = "NVDIMM_XML_ADDRESS_MISALIGNED";

    /// <summary>The address range of an NVDIMM and that of another memory device overlap.</summary>
    public const string XmlAddressOverlap = "NVDIMM_XML_ADDRESS_OVERLAP";

    /// <summary>Two memory devices have the same slot.</summary>
    public const string XmlSlotTaken = "NVDIMM_XML_SLOT_TAKEN";

    /// <summary>An NVDIMM has a slot number that the domain does not have.</summary>
    public const string XmlSlotTooHigh = "NVDIMM_XML_SLOT_TOO_HIGH";

    /// <summary>The address bits of the guest's CPU do not reach all of its maximum memory; QEMU refuses this from 7.1.</summary>
    public const string XmlAddressBits = "NVDIMM_XML_ADDRESS_BITS";

    /// <summary>libvirt before 9.5 refuses a maximum memory without slots.</summary>
    public const string XmlNoSlots = "NVDIMM_XML_NO_SLOTS";

    /// <summary>libvirt refuses an NVDIMM in a domain without a maximum memory.</summary>
    public const string XmlNoMaxMemory = "NVDIMM_XML_NO_MAX_MEMORY";

    /// <summary>The maximum memory is too small for the memory and the memory devices.</summary>
    public const string XmlMaxMemory = "NVDIMM_XML_MAX_MEMORY";

    /// <summary>The domain has no NUMA cells, and its memory, which includes the memory devices, is not larger than they are.</summary>
    public const string XmlMemoryTooSmall = "NVDIMM_XML_MEMORY_TOO_SMALL";

    /// <summary>A domain uses a device more than once, at least once as memory.</summary>
    public const string XmlDeviceTwice = "NVDIMM_XML_DEVICE_TWICE";

    /// <summary>A domain gives QEMU an NVDIMM device of the host by a command-line argument, so no layout can be predicted.</summary>
    public const string XmlArgument = "NVDIMM_XML_ARGUMENT";

    /// <summary>A domain has a QEMU argument or override that can add or change an NVDIMM without naming it in the domain.</summary>
    public const string XmlHidden = "NVDIMM_XML_HIDDEN";

    /// <summary>The layout is for a device of another size or kind.</summary>
    public const string LayoutOfOtherDevice = "NVDIMM_LAYOUT_OF_OTHER_DEVICE";
}
