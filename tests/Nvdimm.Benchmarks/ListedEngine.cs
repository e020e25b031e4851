using System.Diagnostics;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Engine.Tests.Rest;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Benchmarks;

/// <summary>An engine with hosts, in this process on a real socket, and the adapter that lists it. The server's time is in the figures.</summary>
internal sealed class ListedEngine : IAsyncDisposable
{
    private readonly StubServer server;
    private readonly HttpClient http;
    private readonly OvirtClient client;
    private readonly HostDeviceManager manager;
    private readonly int expected;

    private ListedEngine(StubServer server, FakeInventory inventory, int expected)
    {
        (this.server, this.expected) = (server, expected);
        server.Before = Requests.CountAsync;
        http = new HttpClient(EngineTrust.System.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        client = new OvirtClient(http, server.Options());
        manager = new HostDeviceManager(client, new NvdimmCategory(inventory));
    }

    /// <summary>The requests that were under way.</summary>
    public InFlight Requests { get; } = new();

    public static async Task<ListedEngine> StartAsync(int hosts, int devices)
    {
        var (engine, inventory) = (new InMemoryEngine(), new FakeInventory());
        var namespaces = Enumerable.Range(0, devices).Select(SampleDevices.Usable).ToArray();
        for (var host = 0; host < hosts; host++)
        {
            engine.ReportHost(new OvirtHost($"h{host:D4}", $"host{host:D4}"), [.. namespaces.Select(device => device.Name)]);
            inventory.Set($"h{host:D4}", new NvdimmInventory([.. namespaces]));
        }

        return new ListedEngine(await StubServer.StartAsync(new StubApi(engine)).ConfigureAwait(false), inventory, hosts * devices);
    }

    /// <summary>Lists all some times, and says how many milliseconds it took.</summary>
    public async Task<double> PassAsync(int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var pass = 0; pass < times; pass++)
        {
            await ListAsync(static () => { }).ConfigureAwait(false);
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>How many bytes are alive when the last host comes, beyond those before the first: a listing that were kept would be among them.</summary>
    public async Task<long> LiveAsync()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var live = 0L;
        await ListAsync(() => live = GC.GetTotalMemory(forceFullCollection: true) - before).ConfigureAwait(false);
        return live;
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync().ConfigureAwait(false);
        http.Dispose();
        await server.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ListAsync(Action atTheLast)
    {
        var count = 0;
        await foreach (var listing in manager.ListAllAsync().ConfigureAwait(false))
        {
            count += listing.Devices.Count(device => device.IsUsable);
            if (count == expected)
            {
                atTheLast();
            }
        }

        if (count != expected)
        {
            throw new InvalidOperationException($"{count} usable devices, not {expected}");
        }
    }
}
