namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>The installed libvirt or QEMU was checked, and does not do what sizes are computed for.</summary>
    public const string HypervisorDrift = "NVDIMM_HYPERVISOR_DRIFT";

    /// <summary>It is not known whether the installed libvirt and QEMU do what sizes are computed for.</summary>
    public const string HypervisorNotVerified = "NVDIMM_HYPERVISOR_NOT_VERIFIED";

    /// <summary>The guest's writes to an NVDIMM with private access are gone when the VM ends.</summary>
    public const string AccessPrivate = "NVDIMM_ACCESS_PRIVATE";

    /// <summary>The guest cannot write to an NVDIMM that is read-only in the domain.</summary>
    public const string AccessReadOnly = "NVDIMM_ACCESS_READONLY";

    /// <summary>The domain does not share a dax device, which the kernel maps only shared.</summary>
    public const string DevdaxNotShared = "NVDIMM_DEVDAX_NOT_SHARED";

    /// <summary>The device may be the raw area of a namespace that a VM has used.</summary>
    public const string FellBackToRaw = "NVDIMM_FELL_BACK_TO_RAW";

    /// <summary>What a domain has to say for a start with the layout that the device has.</summary>
    public const string LayoutToWrite = "NVDIMM_LAYOUT_TO_WRITE";
}
