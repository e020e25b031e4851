namespace Nvdimm.Extensions.Sizing;

/// <summary>What a guest without <c>&lt;acpi/&gt;</c> does with an NVDIMM.</summary>
public enum AcpiNeed
{
    /// <summary>It needs none: the firmware tells of NVDIMMs in another way.</summary>
    None,

    /// <summary>QEMU does not start it.</summary>
    Refused,

    /// <summary>It starts, and the guest does not see the NVDIMM. With ACPI it needs UEFI firmware.</summary>
    Unseen,
}
