using System.Diagnostics;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Engine.Tests.Rest;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Benchmarks;

/// <summary>Lists the devices of all hosts through the adapter over a real socket. The server is in the same process, and its time is in the figures.</summary>
internal static class EngineListing
{
    /// <summary>How many requests may be in flight: the client's default.</summary>
    public const int Allowed = 8;

    private const int Passes = 9;

    /// <summary>The figures of one size, after a pass that is not counted: the median, and for growth the fastest pass, which other work on the machine disturbs least.</summary>
    public static async Task<EngineListingResult> MeasureAsync(int hosts, int devices)
    {
        var (engine, inventory) = (new InMemoryEngine(), new FakeInventory());
        var namespaces = Enumerable.Range(0, devices).Select(SampleDevices.Usable).ToArray();
        for (var host = 0; host < hosts; host++)
        {
            engine.ReportHost(new OvirtHost($"h{host:D4}", $"host{host:D4}"), [.. namespaces.Select(device => device.Name)]);
            inventory.Set($"host{host:D4}", new NvdimmInventory([.. namespaces]));
        }

        var server = await StubServer.StartAsync(new StubApi(engine)).ConfigureAwait(false);
        await using var ending = server.ConfigureAwait(false);
        var counter = new InFlight();
        server.Before = counter.CountAsync;
        using var http = new HttpClient(EngineTrust.System.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new OvirtClient(http, server.Options());
        await using var logout = client.ConfigureAwait(false);
        var manager = new HostDeviceManager(client, new NvdimmCategory(inventory));

        await PassAsync(manager, hosts * devices).ConfigureAwait(false);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var held = 0L;
        var times = new List<double>();
        for (var pass = 0; pass < Passes; pass++)
        {
            var start = Stopwatch.GetTimestamp();
            await PassAsync(manager, hosts * devices).ConfigureAwait(false);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            held = Math.Max(held, GC.GetTotalMemory(forceFullCollection: false) - before);
        }

        times.Sort();
        return new EngineListingResult(times[Passes / 2], times[0] / hosts, counter.Most, held >> 20);
    }

    private static async Task PassAsync(HostDeviceManager manager, int expected)
    {
        var count = 0;
        await foreach (var listing in manager.ListAllAsync().ConfigureAwait(false))
        {
            count += listing.Devices.Count(device => device.IsUsable);
        }

        if (count != expected)
        {
            throw new InvalidOperationException($"{count} usable devices, not {expected}");
        }
    }
}
