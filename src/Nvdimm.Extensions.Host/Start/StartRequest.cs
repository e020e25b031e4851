using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>The request to start a VM with NVDIMMs.</summary>
public sealed record StartRequest
{
    private readonly string text = "";

    /// <summary>The VM.</summary>
    public required StartVm Vm { get; init; }

    /// <summary>
    /// The VM's domain, as it is sent to libvirt. The caller sets this or <see cref="DomainXml"/>; if both are set, the
    /// later one counts. Null if that text cannot be read.
    /// </summary>
    public Domain? Domain
    {
        get => Parsed?.Domain;
        init => (text, Parsed) = value is null ? ("", null) : (value.Xml, new DomainResult(value, []));
    }

    /// <summary>The text of the domain. Setting it parses it; the session reports a text that cannot be read.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public string DomainXml
    {
        get => text;
        init => (text, Parsed) = (value, Domain.Parse(value));
    }

    /// <summary>The domain, or why its text cannot be read; null if the caller has set neither.</summary>
    internal DomainResult? Parsed { get; private init; }

    /// <summary>The guest's architecture.</summary>
    public required GuestArchitecture Architecture { get; init; }

    /// <summary>The RAM of the guest at boot; zero if unknown.</summary>
    public ByteSize GuestRam { get; init; }

    /// <summary>Whether the guest's CPU hides the hypervisor (<see cref="Sizing.GuestMemoryBlock"/>). Default: no.</summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>All NVDIMMs of the domain, in its order.</summary>
    public required ValueList<StartSubject> Subjects { get; init; }

    /// <summary>
    /// The virtio-pmem devices of the domain that are NVDIMM devices of the host. They are claimed, checked and recorded as NVDIMMs without
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

/// <summary>A virtio-pmem device of a domain, and the host's NVDIMM device behind its path.</summary>
/// <param name="Use">The use as the domain has it.</param>
/// <param name="Device">The device.</param>
public sealed record StartPmem(DomainDeviceUse Use, NvdimmDevice Device);

/// <summary>An NVDIMM of a domain, and the host's device behind its path.</summary>
/// <param name="Element">The NVDIMM as the domain has it.</param>
/// <param name="Device">The device; null if the host has none at that path, or if it could not be read.</param>
public sealed record StartSubject(NvdimmElement Element, NvdimmDevice? Device)
{
    /// <summary>Why there is no device. Default: the host has none at that path.</summary>
    public Finding WhyMissing { get; init; } = Finding.Error(NvdimmCodes.XmlUnmatched, ("path", Element.Path));
}

/// <summary>The VM to start.</summary>
/// <param name="Name">The VM's name in findings, claims and records; null for an assumed VM of a plan.</param>
/// <param name="Id">The VM's id from VDSM or libvirt; null if unknown.</param>
public sealed record StartVm(string? Name, string? Id)
{
    /// <summary>The guest's NUMA nodes, in order; empty if unknown.</summary>
    public ValueList<GuestNumaNode> NumaNodes { get; init; } = [];

    /// <summary>Whether the VM is an assumed one of a plan. Then no device counts as another VM's.</summary>
    public bool IsUnknown => Name is null && Id is null;

    /// <summary>Whether the VM is the owner (<see cref="DeviceOwner.Is"/>).</summary>
    /// <exception cref="ArgumentNullException"><paramref name="owner"/> is null.</exception>
    public bool Owns(DeviceOwner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return owner.Is(Name, Id);
    }
}
