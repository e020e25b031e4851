using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nvdimm.DevEngine;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Tests.Storage;
using Nvdimm.Extensions.Engine;

namespace Nvdimm.Benchmarks;

/// <summary>
/// Requests to the development engine over a socket, with many VMs and with few. Both engines are asked in turns, so that whatever else the machine does
/// meets both.
/// </summary>
internal sealed class EngineReads : IAsyncDisposable
{
    private const int WarmUp = 20;
    private const int Pairs = 61;
    private const string Password = "benchmark";

    private static readonly string OneVm = $"api/vms/{ManyVms.VmId(ManyVms.PerHost)}";
    private static readonly string OneHost = ManyVms.HostId(1);

    /// <summary>A VM that is down and has no device, and a device of its host that no VM has.</summary>
    private static readonly string FreeVm = $"api/vms/{ManyVms.VmId(ManyVms.PerHost + 1)}";
    private const string FreeDevice = "namespace6.1";

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
        ("search for one name", "api/vms?search=name%3Dmany000042", false),
        ("search that every VM must be compared with", "api/vms?search=memory%3E900000", true),
        ("all VMs", "api/vms", true),
        ("all VMs, follow=host_devices,cluster", "api/vms?follow=host_devices,cluster", true),
        ("all hosts, follow=devices", "api/hosts?follow=devices", true),
        ("audit of all hosts and VMs", "services/host-devices/audit", true),
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
            reads.Add(await CompareAsync(what, isAll ? (double)few / many : null, engine => engine.TimeAsync(path)).ConfigureAwait(false));
        }

        reads.Add(await CompareAsync("attach and detach", null, engine => engine.TimeChangeAsync()).ConfigureAwait(false));
        return reads;

        async Task<EngineRead> CompareAsync(string what, double? share, Func<EngineReads, Task<double>> time)
        {
            for (var pass = 0; pass < (share is null ? WarmUp : 3); pass++)
            {
                await time(small).ConfigureAwait(false);
                await time(large).ConfigureAwait(false);
            }

            var (smalls, larges) = (new List<double>(), new List<double>());
            for (var pair = 0; pair < (share is null ? Pairs : 9); pair++)
            {
                smalls.Add(await time(small).ConfigureAwait(false));
                larges.Add(await time(large).ConfigureAwait(false));
            }

            var ratio = Median([.. smalls.Zip(larges, (one, other) => other * (share ?? 1) / one)]);
            return new EngineRead(what, Median(smalls), Median(larges), ratio, share is not null);
        }
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
        var started = DevEngineApp.Create(
            options, TimeProvider.System, static _ => { }, static services => services.AddLogging(static logging => logging.ClearProviders()));
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

    /// <summary>The time of attaching a device to a VM and detaching it.</summary>
    private async Task<double> TimeChangeAsync()
    {
        var start = Stopwatch.GetTimestamp();
        using var body = new StringContent($"{{\"name\":\"{FreeDevice}\"}}", Encoding.UTF8, "application/json");
        using var attached = await client.PostAsync(new Uri($"{FreeVm}/hostdevices", UriKind.Relative), body).ConfigureAwait(false);
        attached.EnsureSuccessStatusCode();
        var device = new Uri($"{FreeVm}/hostdevices/{HostDeviceId.FromName(FreeDevice)}", UriKind.Relative);
        using var detached = await client.DeleteAsync(device).ConfigureAwait(false);
        detached.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
