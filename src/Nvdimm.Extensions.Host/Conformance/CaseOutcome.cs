namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>What came of a case; <see cref="ConformanceGroup"/> explains them.</summary>
internal enum CaseOutcome
{
    Conforming,
    AlignOnly,
    NotProbed,
    TimedOut,
    Mismatch,
}
