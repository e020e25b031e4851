namespace Nvdimm.Benchmarks;

/// <summary>Lists the devices of all hosts through the adapter over a real socket.</summary>
internal static class EngineListing
{
    /// <summary>How many requests may be in flight: the client's default.</summary>
    public const int Allowed = 8;

    private const int Part = 4;
    private const int WarmUp = 5;
    private const int Pairs = 15;

    /// <summary>
    /// The figures. Growth is measured in pairs that do the same work one after the other: all hosts once, and a quarter of them four times.
    /// (The fastest of single passes compared a short one, which finds a quiet moment, with a long one, which does not.)
    /// </summary>
    public static async Task<EngineListingResult> MeasureAsync(int hosts, int devices)
    {
        var more = await ListedEngine.StartAsync(hosts, devices).ConfigureAwait(false);
        await using var endingMore = more.ConfigureAwait(false);
        var fewer = await ListedEngine.StartAsync(hosts / Part, devices).ConfigureAwait(false);
        await using var endingFewer = fewer.ConfigureAwait(false);
        for (var pass = 0; pass < WarmUp; pass++)
        {
            await more.PassAsync(1).ConfigureAwait(false);
            await fewer.PassAsync(Part).ConfigureAwait(false);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (times, growths, heap) = (new List<double>(), new List<double>(), 0L);
        for (var pair = 0; pair < Pairs; pair++)
        {
            // Whoever comes second may find a warmer machine: they take turns.
            var first = pair % 2 == 0;
            var small = first ? await fewer.PassAsync(Part).ConfigureAwait(false) : 0;
            var large = await more.PassAsync(1).ConfigureAwait(false);
            heap = Math.Max(heap, GC.GetTotalMemory(forceFullCollection: false) - before);
            small = first ? small : await fewer.PassAsync(Part).ConfigureAwait(false);
            times.Add(large);
            growths.Add(large / small);
        }

        return new EngineListingResult(
            Median(times),
            Median(growths),
            more.Requests.Most,
            heap >> 20,
            await more.LiveAsync().ConfigureAwait(false) >> 10,
            await fewer.LiveAsync().ConfigureAwait(false) >> 10);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
