using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Planning;

/// <summary>The VM for which devices are planned.</summary>
/// <param name="Request">
/// The policy request as far as the VM determines it: everything but the operation, the devices and the host's listing.
/// </param>
internal sealed record PlanSubject(PolicyRequest Request)
{
    /// <summary>Whether the VM is assumed, so that only findings about devices count.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>The domain to edit; null if there is none.</summary>
    public Domain? Domain { get; init; }

    /// <summary>The VM's id; null if unknown.</summary>
    public string? VmId { get; init; }

    /// <summary>The NVDIMMs of the domain.</summary>
    public ValueList<NvdimmElement> Elements { get; init; } = [];

    /// <summary>The virtio-pmem devices of the domain whose files are devices of the listing.</summary>
    public ValueList<StartPmem> Pmems { get; init; } = [];

    /// <summary>The machine type; null if unknown.</summary>
    public string? Machine { get; init; }

    /// <summary>Whether the VM boots with UEFI.</summary>
    public bool IsUefi { get; init; }

    /// <summary>The largest number of vCPUs.</summary>
    public int MaxVcpus { get; init; } = 1;

    /// <summary>The findings about the VM's file or domain itself.</summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>The VM.</summary>
    public VmDescription? Vm => Request.Vm;
}
