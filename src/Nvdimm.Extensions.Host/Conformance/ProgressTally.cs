using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>Counts the finished cases of several threads.</summary>
/// <param name="progress">Takes the reports; null for none.</param>
/// <param name="total">The number of all cases.</param>
internal sealed class ProgressTally(IProgress<ConformanceProgress>? progress, int total)
{
    private int done;
    private int mismatches;

    /// <summary>Reports the programs before the first case.</summary>
    public void Begin(ValueList<ProbedProgram> programs) => progress?.Report(new ConformanceProgress(0, total, 0) { Programs = programs });

    /// <summary>Counts and reports a finished case.</summary>
    public void Done(bool isMismatch)
    {
        var soFar = isMismatch ? Interlocked.Increment(ref mismatches) : Volatile.Read(ref mismatches);
        progress?.Report(new ConformanceProgress(Interlocked.Increment(ref done), total, soFar));
    }
}

/// <summary>The progress of a check.</summary>
/// <param name="Done">The number of finished cases.</param>
/// <param name="Total">The number of all cases.</param>
/// <param name="Mismatches">The number of mismatches so far.</param>
public readonly record struct ConformanceProgress(int Done, int Total, int Mismatches)
{
    /// <summary>The probed programs, in the first report, before any case is finished. Null in all others.</summary>
    public ValueList<ProbedProgram>? Programs { get; init; }
}
