namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The outcome of a case; <see cref="ConformanceGroup"/> explains the values.</summary>
internal enum CaseOutcome
{
    Conforming,
    AlignOnly,
    NotProbed,
    TimedOut,
    Mismatch,
}
