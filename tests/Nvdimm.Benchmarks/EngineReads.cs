using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Nvdimm.DevEngine;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Tests.Storage;

namespace Nvdimm.Benchmarks;

/// <summary>
/// Reads of the development engine over a socket, with many VMs and with few. Both engines are asked in turns, so that whatever else the machine does
/// meets both.
/// </summary>
internal sealed class EngineReads : IAsyncDisposable
{
    private const int WarmUp = 20;
    private const int Pairs = 61;
    private const string Password = "benchmark";

    private static readonly string OneVm = $"api/vms/{ManyVms.VmId(ManyVms.PerHost)}";
    private static readonly string OneHost = ManyVms.HostId(1);

    /// <summary>What is asked: a name, the path, and whether the answer grows with the number of VMs.</summary>
    private static readonly (string What, string Path, bool IsAll)[] Requests =
    [
        ("one VM", OneVm, false),
        ("one VM, follow=host_devices,cluster", $"{OneVm}?follow=host_devices,cluster", false),
        ("host devices of one VM", $"{OneVm}/hostdevices", false),
        ("devices of one host", $"api/hosts/{OneHost}/devices", false),
        ("devices of one host for the page", $"services/host-devices/hosts/{OneHost}", false),
        ("vms?max=10", "api/vms?max=10", false),
        ("vms?max=100&follow=host_devices", "api/vms?max=100&follow=host_devices", false),
        ("all VMs", "api/vms", true),
        ("all VMs, follow=host_devices,cluster", "api/vms?follow=host_devices,cluster", true),
    ];

    private readonly string folder;
    private readonly WebApplication app;
    private readonly HttpClient client;

    private EngineReads(string folder, WebApplication app)
    {
        (this.folder, this.app) = (folder, app);
        client = new HttpClient { BaseAddress = new Uri($"{app.Urls.Single()}/ovirt-engine/") };
        var login = Encoding.UTF8.GetBytes($"admin@internal:{Password}");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(login));
    }

    /// <summary>The times of each request with few VMs and with many.</summary>
    public static async Task<IReadOnlyList<EngineRead>> MeasureAsync(int few, int many)
    {
        var small = await StartAsync(few).ConfigureAwait(false);
        await using var endingSmall = small.ConfigureAwait(false);
        var large = await StartAsync(many).ConfigureAwait(false);
        await using var endingLarge = large.ConfigureAwait(false);
        var reads = new List<EngineRead>();
        foreach (var (what, path, isAll) in Requests)
        {
            var (times, share) = (isAll ? 9 : Pairs, isAll ? (double)few / many : 1);
            for (var pass = 0; pass < (isAll ? 3 : WarmUp); pass++)
            {
                await small.TimeAsync(path).ConfigureAwait(false);
                await large.TimeAsync(path).ConfigureAwait(false);
            }

            var (smalls, larges) = (new List<double>(), new List<double>());
            for (var pair = 0; pair < times; pair++)
            {
                smalls.Add(await small.TimeAsync(path).ConfigureAwait(false));
                larges.Add(await large.TimeAsync(path).ConfigureAwait(false));
            }

            reads.Add(new EngineRead(what, Median(smalls), Median(larges), Median([.. smalls.Zip(larges, (one, other) => other * share / one)]), isAll));
        }

        return reads;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<EngineReads> StartAsync(int vms)
    {
        var created = Directory.CreateTempSubdirectory("nvdimm-benchmarks-").FullName;
        var options = new DevEngineOptions { Urls = "http://127.0.0.1:0", Database = Path.Combine(created, "engine.db"), Password = Password };
        var started = DevEngineApp.Create(options, TimeProvider.System, static _ => { });
        ManyVms.Add(started.Services.GetRequiredService<EngineDatabase>(), vms);
        await started.StartAsync().ConfigureAwait(false);
        return new EngineReads(created, started);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private async Task<double> TimeAsync(string path)
    {
        var start = Stopwatch.GetTimestamp();
        await client.GetByteArrayAsync(new Uri(path, UriKind.Relative)).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
