namespace Nvdimm.Benchmarks;

/// <summary>What listing the devices of many hosts takes.</summary>
/// <param name="Milliseconds">The time of all hosts, median.</param>
/// <param name="Growth">The time for each of all hosts to that for each of a quarter of them: the median over pairs of the same work.</param>
/// <param name="InFlight">How many requests were under way at most.</param>
/// <param name="HeapMiB">The managed heap at most, with garbage and with the server.</param>
/// <param name="LiveKiB">What was alive when the last host came, all hosts.</param>
/// <param name="FewerLiveKiB">The same for a quarter of them.</param>
internal sealed record EngineListingResult(double Milliseconds, double Growth, int InFlight, long HeapMiB, long LiveKiB, long FewerLiveKiB);
