using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>How far a check is.</summary>
/// <param name="Done">The cases that are done.</param>
/// <param name="Total">All cases.</param>
/// <param name="Mismatches">The mismatches so far.</param>
public readonly record struct ConformanceProgress(int Done, int Total, int Mismatches)
{
    /// <summary>The programs that are asked: in the first report, before any case is done. Null in the others.</summary>
    public ValueList<ProbedProgram>? Programs { get; init; }
}
