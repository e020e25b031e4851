using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Input;

/// <summary>The content of a VM file; <c>VM-FILE.md</c> in this project describes the format.</summary>
internal sealed record VmFile
{
    /// <summary>The VM; null if the file has none.</summary>
    public VmOfFile? Vm { get; init; }

    /// <summary>The other VMs on the host.</summary>
    public ValueList<VmDescription> OtherVms { get; init; } = [];

    /// <summary>The host without its devices, which come from a listing; null if the file has none.</summary>
    public HostDescription? Host { get; init; }

    /// <summary>The devices that the operation names.</summary>
    public ValueList<string> Devices { get; init; } = [];

    /// <summary>The hosts of a new pinning; only for an operation that changes the pinning.</summary>
    public ValueList<string> NewPinnedHosts { get; init; } = [];

    /// <summary>Whether a migration is forced; only for a migration.</summary>
    public bool ForceMigration { get; init; }

    /// <summary>Whether the copy is pinned to another host; only for a clone or template.</summary>
    public bool CopyIsPinnedElsewhere { get; init; }

    /// <summary>The sizing strategy; null if the file names none.</summary>
    public SizingStrategy? Strategy { get; init; }

    /// <summary>The policy request for an operation, without the host's devices.</summary>
    public PolicyRequest ToRequest(HostDeviceOperation operation) => new()
    {
        Operation = operation,
        Vm = Vm?.Description,
        OtherVms = OtherVms,
        Host = Host,
        Devices = Devices,
        NewPinnedHosts = NewPinnedHosts,
        ForceMigration = ForceMigration,
        CopyIsPinnedElsewhere = CopyIsPinnedElsewhere,
        Strategy = Strategy ?? SizingStrategy.Ovirt,
        LabelSize = Vm?.LabelSize ?? SizingRequest.OvirtLabelSize,
    };
}
