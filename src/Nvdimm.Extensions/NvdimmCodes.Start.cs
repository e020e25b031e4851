namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>The installed libvirt or QEMU was checked, and does not do what sizes are computed for.</summary>
    public const string HypervisorDrift = "NVDIMM_HYPERVISOR_DRIFT";

    /// <summary>It is not known whether the installed libvirt and QEMU do what sizes are computed for.</summary>
    public const string HypervisorNotVerified = "NVDIMM_HYPERVISOR_NOT_VERIFIED";
}
