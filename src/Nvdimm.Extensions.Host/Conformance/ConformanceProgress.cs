using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The progress of a check.</summary>
/// <param name="Done">The number of finished cases.</param>
/// <param name="Total">The number of all cases.</param>
/// <param name="Mismatches">The number of mismatches so far.</param>
public readonly record struct ConformanceProgress(int Done, int Total, int Mismatches)
{
    /// <summary>The probed programs, in the first report, before any case is finished. Null in all others.</summary>
    public ValueList<ProbedProgram>? Programs { get; init; }
}
