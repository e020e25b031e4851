namespace Nvdimm.Benchmarks;

/// <summary>What listing the devices of many hosts takes.</summary>
internal sealed record EngineListingResult(double Milliseconds, double PerHost, int InFlight, long HeldMiB);
