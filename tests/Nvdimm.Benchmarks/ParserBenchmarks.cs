using BenchmarkDotNet.Attributes;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Benchmarks;

/// <summary>Parsing and mapping listings of several lengths.</summary>
[MemoryDiagnoser]
public class ParserBenchmarks
{
    private byte[] listing = [];

    /// <summary>How many namespaces.</summary>
    [Params(10, 100, 1_000, 10_000, 100_000)]
    public int Namespaces { get; set; }

    [GlobalSetup]
    public void MakeListing() => listing = Listings.Of(Namespaces);

    [Benchmark]
    public NdctlListing Parse() => NdctlParser.Parse(listing);
}
