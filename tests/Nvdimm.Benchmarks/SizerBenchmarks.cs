using BenchmarkDotNet.Attributes;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Benchmarks;

/// <summary>Layouts of devices of both strategies, of x86 and POWER, of several sizes and alignments.</summary>
[MemoryDiagnoser]
public class SizerBenchmarks
{
    private const int Requests = 48;

    private readonly SizingRequest[] requests = new SizingRequest[Requests];

    [GlobalSetup]
    public void MakeRequests()
    {
        Alignment?[] alignments = [null, Alignment.FromKiB(4), Alignment.FromMiB(2), Alignment.FromMiB(1024)];
        for (var index = 0; index < Requests; index++)
        {
            var architecture = index % 2 == 0 ? GuestArchitecture.X86_64 : GuestArchitecture.Ppc64Le;
            requests[index] = new SizingRequest(architecture, ByteSize.FromMiB(((index * 997L) + 1) * 64))
            {
                Align = alignments[index / 2 % 4],
                Strategy = index / 8 % 2 == 0 ? SizingStrategy.Ovirt : SizingStrategy.Largest,
                IsDevdax = index / 16 == 1 && alignments[index / 2 % 4] is not null,
            };
        }
    }

    [Benchmark(OperationsPerInvoke = Requests)]
    public long Size()
    {
        var bytes = 0L;
        foreach (ref readonly var request in requests.AsSpan())
        {
            bytes += NvdimmSizer.Size(request).BackendSize?.Bytes ?? 1;
        }

        return bytes;
    }
}
