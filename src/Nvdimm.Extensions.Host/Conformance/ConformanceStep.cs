namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>Where what was seen differs from what was predicted.</summary>
public enum ConformanceStep
{
    /// <summary>libvirt makes another backend size of the target size, or refuses it.</summary>
    BackendSize,

    /// <summary>libvirt gives QEMU another label size.</summary>
    LabelSize,

    /// <summary>libvirt gives QEMU another alignment, or none.</summary>
    AlignSize,

    /// <summary>QEMU shows the guest another size, refuses what is predicted to start, or starts what is predicted to be refused.</summary>
    GuestSize,
}
