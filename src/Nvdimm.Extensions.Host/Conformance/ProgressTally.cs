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
