using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Extensions.Host.Layouts;

/// <summary>
/// What a host says of all its devices at one moment: mounts, swap areas, the fingerprint of libvirt and QEMU. Read once for the devices of
/// one start (<see cref="StartCheck.ReadHost"/>), and old as soon as it is over.
/// </summary>
public sealed class HostState
{
    private readonly Lazy<HostMounts> mounts;
    private readonly Lazy<FingerprintResult> hypervisor;

    internal HostState(string root, FingerprintStore fingerprints)
    {
        mounts = new(() => HostMounts.Read(root), LazyThreadSafetyMode.ExecutionAndPublication);
        hypervisor = new(fingerprints.Check, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal HostMounts Mounts => mounts.Value;

    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The stored file may not be read.</exception>
    internal FingerprintResult Hypervisor => hypervisor.Value;
}
