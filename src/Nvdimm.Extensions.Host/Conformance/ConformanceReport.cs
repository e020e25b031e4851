using Nvdimm.Extensions.Host.HotPlug;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>What the installed programs do, compared with what the sizer predicts.</summary>
/// <param name="Scope">What part of the chain was checked.</param>
/// <param name="Programs">The programs that were probed, and their versions.</param>
/// <param name="Binaries">The files that these programs consist of, as they were before the first case.</param>
/// <param name="Seed">What the random cases came from.</param>
/// <param name="Groups">The cases by architecture, then by alignment.</param>
/// <param name="Mismatches">Every mismatch of sizes, in the order of the cases.</param>
public sealed record ConformanceReport(
    ConformanceScope Scope,
    ValueList<ProbedProgram> Programs,
    ValueList<BinaryIdentity> Binaries,
    int Seed,
    ValueList<ConformanceGroup> Groups,
    ValueList<ConformanceMismatch> Mismatches)
{
    /// <summary>What part of the chain was checked.</summary>
    public ConformanceScope Scope { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Scope);

    /// <summary>The architectures that a check by default would have had too, if there were a QEMU for them.</summary>
    public ValueList<GuestArchitecture> NotInstalled { get; init; } = [];

    /// <summary>The memory that was plugged beside NVDIMMs.</summary>
    public ValueList<HotPlugResult> HotPlugs { get; init; } = [];

    /// <summary>The cases that could not be probed, as QEMU took too long twice. They count neither for nor against the programs.</summary>
    public ValueList<UnprobedCase> Unprobed { get; init; } = [];

    /// <summary>The recorded devices, in the order in which they were given.</summary>
    public ValueList<RecordedLayoutResult> Recorded { get; init; } = [];

    /// <summary>The recorded devices that would start with another layout, or would be refused.</summary>
    public IEnumerable<RecordedLayoutResult> Shifted => Recorded.Where(result => !result.IsKept);

    /// <summary>How many cases there were, of sizes and of memory hot plug.</summary>
    public int Cases => Groups.Sum(group => group.Cases) + HotPlugs.Count;

    /// <summary>In how many of them the programs do something else than predicted.</summary>
    public int MismatchedCases => Mismatches.Count + HotPlugs.Count(plug => plug.Mismatches.Count > 0);

    /// <summary>Whether every case could be probed.</summary>
    public bool IsComplete => Unprobed.Count == 0;

    /// <summary>
    /// Whether the programs do what is predicted, in every case that could be probed (<see cref="IsComplete"/>), and every recorded device keeps its
    /// layout.
    /// </summary>
    public bool Conforms => MismatchedCases == 0 && !Shifted.Any();
}
