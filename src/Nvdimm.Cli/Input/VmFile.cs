using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Input;

/// <summary>What a VM file says; <c>VM-FILE.md</c> beside this project describes the format.</summary>
internal sealed record VmFile
{
    /// <summary>The VM; null where the file has none.</summary>
    public VmOfFile? Vm { get; init; }

    /// <summary>The other VMs.</summary>
    public ValueList<VmDescription> OtherVms { get; init; } = [];

    /// <summary>The host without its devices, which come from a listing; null where the file has none.</summary>
    public HostDescription? Host { get; init; }

    /// <summary>The devices that the operation names.</summary>
    public ValueList<string> Devices { get; init; } = [];

    /// <summary>For a change of the pinning.</summary>
    public ValueList<string> NewPinnedHosts { get; init; } = [];

    /// <summary>For a migration.</summary>
    public bool ForceMigration { get; init; }

    /// <summary>For a clone or template.</summary>
    public bool CopyIsPinnedElsewhere { get; init; }

    /// <summary>The sizing strategy; null where the file names none.</summary>
    public SizingStrategy? Strategy { get; init; }

    /// <summary>The request for an operation, still without the host's devices.</summary>
    public PolicyRequest ToRequest(NvdimmOperation operation) => new()
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
