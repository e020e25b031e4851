using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Nvdimm.Benchmarks;
using Perfolizer.Horology;

const int Namespaces = 10_000;
const double RequiredRatio = 1.5;
const double RequiredLayoutsPerSecond = 10e6;

// What survives a large listing is copied by the collector twice; a cost that is not linear would be a hundred times as large.
const double AllowedGrowth = 3;

const int FewerVms = 100;
const int MoreVms = 10_000;

// The answer is the same; what is left is the depth of SQLite's trees, and a larger file.
const double AllowedVmGrowth = 1.5;
if (args is ["engine"])
{
    return Print([.. await EngineRowsAsync().ConfigureAwait(false)]);
}

var config = ManualConfig.Create(DefaultConfig.Instance)
    .WithArtifactsPath(Path.Combine(Listings.RepositoryRoot, "artifacts", "benchmarks"))
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(4).WithIterationCount(15).WithIterationTime(TimeInterval.FromMilliseconds(250)));

const double RequiredFaultRatio = 50;
var fault = FirstFault.Compare();
var (python, ours, ratio) = Python.Compare(Namespaces);
var sizer = BenchmarkRunner.Run<SizerBenchmarks>(config).Reports.Single();
var parser = BenchmarkRunner.Run<ParserBenchmarks>(config).Reports;

const int Hosts = 500;
const int NvdimmsPerHost = 16;
const double AllowedHostGrowth = 1.5;
const long AllowedMiB = 64;
const long AllowedLiveKiB = 512;
var listing = await EngineListing.MeasureAsync(Hosts, NvdimmsPerHost).ConfigureAwait(false);

var layoutsPerSecond = 1e9 / Nanoseconds(sizer);
var perNamespace = parser.ToDictionary(Count, report => Nanoseconds(report) / Count(report));
var beyond = perNamespace.Where(pair => pair.Key >= 100).Select(pair => pair.Value).ToList();
var growth = beyond.Max() / beyond.Min();

return Print(
[
    new($"Parse and map {Namespaces:N0} namespaces, median", $"{ours:F1} ms"),
    new("The same in Python as VDSM does it, median", $"{python:F1} ms"),
    new("Times as fast as Python, median of pairs", $"{ratio:F2}", $">= {RequiredRatio:F1}", ratio >= RequiredRatio),
    new("Codes of the first fault of a process", $"{fault.Ours:F2} ms"),
    new("The same with a regular expression for each text", $"{fault.Patterns:F0} ms"),
    new("Times as fast as these", $"{fault.Patterns / fault.Ours:F0}", $">= {RequiredFaultRatio:F0}", fault.Patterns / fault.Ours >= RequiredFaultRatio),
    .. parser.Select(report => new Row(
        $"Parse {Count(report):N0} namespaces, for each", $"{perNamespace[Count(report)]:N0} ns, {Allocated(report) / Count(report):N0} B allocated")),
    new("Most to least of these, from 100 on", $"{growth:F2}", $"<= {AllowedGrowth:F1}", growth <= AllowedGrowth),
    new("Layouts a second on one core", $"{layoutsPerSecond / 1e6:F1} million", $">= {RequiredLayoutsPerSecond / 1e6:F0} million", layoutsPerSecond >= RequiredLayoutsPerSecond),
    new("Allocated for a layout", $"{Allocated(sizer)} B", "0 B", Allocated(sizer) == 0),
    new($"List {Hosts} hosts with {NvdimmsPerHost} NVDIMMs over a socket, median", $"{listing.Milliseconds:F0} ms, {listing.Milliseconds / Hosts * 1000:F0} us for each"),
    new($"For each host, {Hosts} to {Hosts / 4} hosts, median of pairs", $"{listing.Growth:F2}", $"<= {AllowedHostGrowth:F1}", listing.Growth <= AllowedHostGrowth),
    new("Requests in flight at most", $"{listing.InFlight}", $"<= {EngineListing.Allowed}", listing.InFlight <= EngineListing.Allowed),
    new("Heap at most, garbage and server included", $"{listing.HeapMiB} MiB", $"<= {AllowedMiB} MiB", listing.HeapMiB <= AllowedMiB),
    new($"Alive at the last host, {Hosts} and {Hosts / 4} hosts", $"{listing.LiveKiB} and {listing.FewerLiveKiB} KiB", $"<= {AllowedLiveKiB} KiB", listing.LiveKiB <= AllowedLiveKiB),
    .. await EngineRowsAsync().ConfigureAwait(false),
]);

static int Print(Row[] rows)
{
    Console.WriteLine();
    Console.WriteLine($"{"what",-52} | {"measured",-34} | {"required",-20} | ok");
    foreach (var row in rows)
    {
        Console.WriteLine(row);
    }

    return rows.All(row => row.Ok) ? 0 : 1;
}

static async Task<IEnumerable<Row>> EngineRowsAsync() => (await EngineReads.MeasureAsync(FewerVms, MoreVms).ConfigureAwait(false)).Select(read => new Row(
    $"Development engine: {read.What}",
    $"{read.Few:F2} and {read.Many:F2} ms, {MoreVms:N0} to {FewerVms} VMs{(read.IsAll ? " for each" : "")} {read.Ratio:F2}",
    $"<= {AllowedVmGrowth:F1}",
    read.Ratio <= AllowedVmGrowth));

static double Nanoseconds(BenchmarkReport report) => report.ResultStatistics?.Median ?? throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} did not run");

static int Count(BenchmarkReport report) => (int)report.BenchmarkCase.Parameters[nameof(ParserBenchmarks.Namespaces)];

static long Allocated(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? throw new InvalidOperationException("No memory figures");
