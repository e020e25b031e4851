using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The options of a check.</summary>
public sealed record ConformanceOptions
{
    /// <summary>The programs to probe. Default: QEMU alone, by its usual names.</summary>
    public HypervisorPrograms Programs { get; init; } = new();

    /// <summary>
    /// The guests' architectures; each must be one that can be sized. A check fails if one of them has no QEMU. Empty, the default, for
    /// those of x86_64 and ppc64 that have a QEMU in libvirt or, without a connection, on this host.
    /// </summary>
    public ValueList<GuestArchitecture> Architectures { get; init; } = [];

    /// <summary>The strategies, at least one. Default: both.</summary>
    public ValueList<SizingStrategy> Strategies { get; init => field = EnumArgument.Checked(value, last: SizingStrategy.Largest); } =
        [SizingStrategy.Ovirt, SizingStrategy.Largest];

    /// <summary>
    /// The number of random cases for each architecture and strategy, in addition to the fixed ones; at least 0. Default: 100.
    /// </summary>
    public int Samples { get; init; } = 100;

    /// <summary>The seed of the random cases: the same seed gives the same cases. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The recorded devices that are checked, too. Default: none.</summary>
    public ValueList<RecordedLayout> Recorded { get; init; } = [];

    /// <summary>The number of cases that run at a time, at least 1. Default: 2.</summary>
    public int Parallelism { get; init; } = 2;
}
