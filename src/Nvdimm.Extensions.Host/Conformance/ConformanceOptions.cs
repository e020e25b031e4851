using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>What is checked.</summary>
public sealed record ConformanceOptions
{
    /// <summary>Which programs are probed. Default: QEMU alone, by its usual names.</summary>
    public HypervisorPrograms Programs { get; init; } = new();

    /// <summary>
    /// The guests' architectures, each one that can be sized; a check fails where one of them has no QEMU. Empty, the default, for those of x86_64
    /// and ppc64 for which libvirt, or without a connection this host, has one.
    /// </summary>
    public ValueList<GuestArchitecture> Architectures { get; init; } = [];

    /// <summary>The strategies, at least one. Default: both.</summary>
    public ValueList<SizingStrategy> Strategies { get; init => field = EnumArgument.Checked(value); } = [SizingStrategy.Ovirt, SizingStrategy.Largest];

    /// <summary>How many random cases there are for each architecture and strategy, beside the fixed ones; not negative. Default: 100.</summary>
    public int Samples { get; init; } = 100;

    /// <summary>What the random cases come from: the same seed gives the same ones. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The recorded devices that are checked, too. Default: none.</summary>
    public ValueList<RecordedLayout> Recorded { get; init; } = [];

    /// <summary>How many cases run at a time, at least 1. Default: 2.</summary>
    public int Parallelism { get; init; } = 2;
}
