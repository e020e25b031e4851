using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>A VM with NVDIMMs that is to start.</summary>
public sealed record StartRequest
{
    /// <summary>The VM.</summary>
    public required StartVm Vm { get; init; }

    /// <summary>Its domain, as it is sent to libvirt.</summary>
    public required string DomainXml { get; init; }

    /// <summary>The guest's architecture.</summary>
    public required GuestArchitecture Architecture { get; init; }

    /// <summary>The RAM that the guest boots with; zero where it is not known.</summary>
    public ByteSize GuestRam { get; init; }

    /// <summary>Whether the guest's CPU hides that it is virtual (<see cref="Sizing.GuestMemoryBlock"/>). Default: no.</summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>All NVDIMMs of the domain, in its order.</summary>
    public required ValueList<StartSubject> Subjects { get; init; }

    /// <summary>
    /// The virtio-pmem devices of the domain that are NVDIMM devices of the host. They are claimed, judged and recorded as NVDIMMs without
    /// label; what they ask for is never changed. Default: none.
    /// </summary>
    public ValueList<StartPmem> Pmems { get; init; } = [];

    /// <summary>What the VM has to have; null, the default, where its caller knows that the domain is complete.</summary>
    public StartExpectation? Expectation { get; init; }

    /// <summary>Who holds the claims until QEMU does.</summary>
    public required ClaimHolder Holder { get; init; }

    /// <summary>Whether nothing may be claimed: the answer is old as soon as it is given.</summary>
    public bool IsSimulation { get; init; }

    /// <summary>What the caller has found itself; errors refuse the start. Default: nothing.</summary>
    public ValueList<Finding> Findings { get; init; } = [];
}
