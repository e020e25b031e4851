namespace Nvdimm.Extensions.Sizing;

/// <summary>How an NVDIMM fails in a guest whose domain has no <c>&lt;acpi/&gt;</c>.</summary>
public enum AcpiNeed
{
    /// <summary>It works: the firmware describes NVDIMMs to the guest without ACPI.</summary>
    None,

    /// <summary>QEMU refuses to start the guest.</summary>
    Refused,

    /// <summary>The guest starts but does not see the NVDIMM. It sees it with ACPI, which needs UEFI firmware.</summary>
    Unseen,
}
