using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Planning;

/// <summary>What devices are planned for.</summary>
/// <param name="Request">The request as far as the subject knows it: everything but the operation, the devices and the host's listing.</param>
internal sealed record PlanSubject(PolicyRequest Request)
{
    /// <summary>Whether the VM was made up, so that only what is about devices counts.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>The domain to edit; null where there is none.</summary>
    public string? DomainXml { get; init; }

    /// <summary>The VM's id; null where the subject names none.</summary>
    public string? VmId { get; init; }

    /// <summary>The NVDIMMs that the domain has.</summary>
    public ValueList<NvdimmElement> Elements { get; init; } = [];

    /// <summary>The virtio-pmem devices that the domain has on devices of the listing.</summary>
    public ValueList<StartPmem> Pmems { get; init; } = [];

    /// <summary>The machine type; null where the subject names none.</summary>
    public string? Machine { get; init; }

    /// <summary>Whether the VM boots with UEFI.</summary>
    public bool IsUefi { get; init; }

    /// <summary>The largest number of vCPUs.</summary>
    public int MaxVcpus { get; init; } = 1;

    /// <summary>What is odd about the subject itself.</summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>The VM.</summary>
    public VmDescription? Vm => Request.Vm;
}
