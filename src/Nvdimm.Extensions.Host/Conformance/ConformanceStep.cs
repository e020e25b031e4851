namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The step in which the behaviour differs from the prediction.</summary>
public enum ConformanceStep
{
    /// <summary>libvirt computes another backend size from the target size, or refuses it.</summary>
    BackendSize,

    /// <summary>libvirt gives QEMU another label size.</summary>
    LabelSize,

    /// <summary>libvirt gives QEMU another alignment, or none.</summary>
    AlignSize,

    /// <summary>QEMU shows the guest another size, refuses what is predicted to start, or starts what is predicted to be refused.</summary>
    GuestSize,
}
