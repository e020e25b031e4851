using Nvdimm.Extensions.Host.Hypervisor;

namespace Nvdimm.Cli.Commands;

/// <summary>How far a check is, written by its workers and read by the progress bar.</summary>
internal sealed class CaseCounter : IProgress<ConformanceProgress>
{
    private long permille;

    /// <summary>From 0 to 1.</summary>
    public double Fraction => Interlocked.Read(ref permille) / 1000.0;

    /// <inheritdoc/>
    public void Report(ConformanceProgress value) => Interlocked.Exchange(ref permille, value.Done * 1000L / Math.Max(value.Total, 1));
}
