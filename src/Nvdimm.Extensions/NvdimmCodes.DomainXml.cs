namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>The text is not well-formed XML.</summary>
    public const string XmlMalformed = "NVDIMM_XML_MALFORMED";

    /// <summary>The XML has a document type or entities, which are refused.</summary>
    public const string XmlDtd = "NVDIMM_XML_DTD";

    /// <summary>The XML is above the limit of 16 Mi characters or 256 levels.</summary>
    public const string XmlTooLarge = "NVDIMM_XML_TOO_LARGE";

    /// <summary>The XML is not a libvirt domain with devices.</summary>
    public const string XmlNotDomain = "NVDIMM_XML_NOT_DOMAIN";

    /// <summary>A value in the domain XML cannot be read.</summary>
    public const string XmlBadValue = "NVDIMM_XML_BAD_VALUE";

    /// <summary>The domain has no NUMA cell of that number.</summary>
    public const string XmlNoGuestNode = "NVDIMM_XML_NO_GUEST_NODE";

    /// <summary>The domain has no NVDIMM with that path.</summary>
    public const string XmlNotAttached = "NVDIMM_XML_NOT_ATTACHED";

    /// <summary>The domain has an NVDIMM whose path is no device of the host.</summary>
    public const string XmlUnmatched = "NVDIMM_XML_UNMATCHED";

    /// <summary>Another device of the domain has that alias.</summary>
    public const string XmlAliasTaken = "NVDIMM_XML_ALIAS_TAKEN";

    /// <summary>Without ACPI the guest finds no NVDIMM.</summary>
    public const string XmlNoAcpi = "NVDIMM_XML_NO_ACPI";

    /// <summary>The layout was made for another architecture than the domain's.</summary>
    public const string XmlOtherArchitecture = "NVDIMM_XML_OTHER_ARCHITECTURE";
}
