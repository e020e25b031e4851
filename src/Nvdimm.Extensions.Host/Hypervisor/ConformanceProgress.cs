namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>How far a check is.</summary>
/// <param name="Done">The cases that are done.</param>
/// <param name="Total">All cases.</param>
/// <param name="Mismatches">The mismatches so far.</param>
public readonly record struct ConformanceProgress(int Done, int Total, int Mismatches);
