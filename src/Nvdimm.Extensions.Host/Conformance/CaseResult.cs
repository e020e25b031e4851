using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>A case and its outcome.</summary>
internal sealed record CaseResult(SizingResult Sized, CaseOutcome Outcome, ConformanceMismatch? Mismatch = null)
{
    /// <summary>libvirt's answer; null if it was not asked.</summary>
    public LibvirtAnswer? Libvirt { get; init; }

    /// <summary>QEMU's answer; null if it was not asked.</summary>
    public QemuAnswer? Qemu { get; init; }

    public CaseResult Differs(ConformanceStep step, ByteSize? predicted, ByteSize? seen, string? refusal, string command) =>
        this with { Outcome = CaseOutcome.Mismatch, Mismatch = new ConformanceMismatch(Sized, step, predicted, seen, refusal, command) };
}
