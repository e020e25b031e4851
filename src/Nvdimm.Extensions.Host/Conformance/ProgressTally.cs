using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>Counts the cases that are done, on several threads.</summary>
/// <param name="progress">Who is told; null for nobody.</param>
/// <param name="total">All cases.</param>
internal sealed class ProgressTally(IProgress<ConformanceProgress>? progress, int total)
{
    private int done;
    private int mismatches;

    /// <summary>The programs are known, and the first case begins.</summary>
    public void Begin(ValueList<ProbedProgram> programs) => progress?.Report(new ConformanceProgress(0, total, 0) { Programs = programs });

    /// <summary>One more is done.</summary>
    public void Done(bool isMismatch)
    {
        var soFar = isMismatch ? Interlocked.Increment(ref mismatches) : Volatile.Read(ref mismatches);
        progress?.Report(new ConformanceProgress(Interlocked.Increment(ref done), total, soFar));
    }
}
