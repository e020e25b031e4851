using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>The request to start a VM with NVDIMMs.</summary>
public sealed record StartRequest
{
    /// <summary>The VM.</summary>
    public required StartVm Vm { get; init; }

    /// <summary>The VM's domain, as it is sent to libvirt.</summary>
    public required string DomainXml { get; init; }

    /// <summary>The guest's architecture.</summary>
    public required GuestArchitecture Architecture { get; init; }

    /// <summary>The RAM of the guest at boot; zero if unknown.</summary>
    public ByteSize GuestRam { get; init; }

    /// <summary>Whether the guest's CPU hides the hypervisor (<see cref="Sizing.GuestMemoryBlock"/>). Default: no.</summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>All NVDIMMs of the domain, in its order.</summary>
    public required ValueList<StartSubject> Subjects { get; init; }

    /// <summary>
    /// The virtio-pmem devices of the domain that are NVDIMM devices of the host. They are claimed, judged and recorded as NVDIMMs without
    /// a label; their layout is never changed. Default: none.
    /// </summary>
    public ValueList<StartPmem> Pmems { get; init; } = [];

    /// <summary>The NVDIMMs that the VM must have; null, the default, if the caller knows that the domain is complete.</summary>
    public StartExpectation? Expectation { get; init; }

    /// <summary>The holder of the claims until QEMU takes them over.</summary>
    public required ClaimHolder Holder { get; init; }

    /// <summary>Whether nothing is claimed. The answer may then be outdated at once.</summary>
    public bool IsSimulation { get; init; }

    /// <summary>The caller's own findings; an error refuses the start. Default: none.</summary>
    public ValueList<Finding> Findings { get; init; } = [];
}
