using System.Diagnostics;
using System.Diagnostics.Metrics;
using NSubstitute;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Engine.Tests.Rest;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests;

/// <summary>What OpenTelemetry sees of a client, and what it must not see.</summary>
[NonParallelizable]
public sealed class EngineTelemetryTests
{
    private readonly List<Activity> activities = [];
    private readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> measured = [];
    private ActivityListener spans = null!;
    private MeterListener meters = null!;
    private StubApi api = null!;
    private StubServer server = null!;
    private HttpClient http = null!;

    [SetUp]
    public async Task ListenAsync()
    {
        activities.Clear();
        measured.Clear();
        spans = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == EngineTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (activities)
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(spans);
        meters = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == EngineTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.Start();
        api = new StubApi(EngineSamples.Engine());
        server = await StubServer.StartAsync(api);
        http = new HttpClient(EngineTrust.System.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    }

    [TearDown]
    public async Task StopAsync()
    {
        meters.Dispose();
        spans.Dispose();
        http.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task Request_IsMeasuredByTheNamesOfOpenTelemetry()
    {
        await using (var client = new OvirtClient(http, server.Options()))
        {
            await client.GetVmAsync("v1");
        }

        var get = activities.Single(activity => activity.DisplayName == "GET vms/{vm}");
        Assert.That((get.Kind, get.GetTagItem("http.response.status_code")), Is.EqualTo((ActivityKind.Client, 200)));
        Assert.That((get.GetTagItem("ovirt.vm.id"), get.GetTagItem("server.address"), get.Status), Is.EqualTo(("v1", "127.0.0.1", ActivityStatusCode.Unset)));
        var durations = measured.Where(measurement => measurement.Name == "ovirt.client.request.duration").ToList();
        Assert.That(
            durations.Select(measurement => ((string?)measurement.Tags["http.request.method"], (int?)measurement.Tags["http.response.status_code"])),
            Is.EqualTo(new[] { ("POST", 200), ("GET", 200), ("POST", 200) }));
        Assert.That(durations.Select(measurement => measurement.Value), Is.All.Positive);
        Assert.That(measured.Where(measurement => measurement.Name == "ovirt.client.active_requests").Sum(measurement => measurement.Value), Is.Zero);
    }

    [Test]
    public async Task Request_WithoutAnswer_IsAnError()
    {
        server.Before = static context =>
        {
            context.Abort();
            return Task.FromResult(false);
        };
        await using var client = new OvirtClient(http, server.Options(maxRetries: 0));
        await Assert.ThrowsAsync<OvirtException>(() => client.GetVmAsync("v1"));
        Assert.That(activities.Single().Status, Is.EqualTo(ActivityStatusCode.Error));
        Assert.That(measured.Single(measurement => measurement.Name == "ovirt.client.request.duration").Tags["error.type"], Is.EqualTo("no_answer"));
    }

    [Test]
    public async Task Refusal_IsAnError()
    {
        await using var client = new OvirtClient(http, server.Options(maxRetries: 0));
        await Assert.ThrowsAsync<OvirtException>(() => client.ActAsync("nobody", Models.OvirtVmAction.Start));
        var refused = activities.Single(activity => activity.DisplayName == "POST vms/{vm}/start");
        Assert.That((refused.Status, refused.GetTagItem("error.type")), Is.EqualTo((ActivityStatusCode.Error, "404")));
    }

    [TestCase("GET vms?max=100&search=name%3Dvm1", "GET vms", null, null, null)]
    [TestCase("GET hosts/h%2F1/devices", "GET hosts/{host}/devices", null, "h/1", null)]
    [TestCase("DELETE vms/v1/hostdevices/6e61", "DELETE vms/{vm}/hostdevices/{device}", "v1", null, "6e61")]
    [TestCase("POST vms/v1/start", "POST vms/{vm}/start", "v1", null, null)]
    [TestCase("POST sso/oauth/token", "POST sso/oauth/token", null, null, null)]
    public void Names_AreFew(string request, string name, string? vm, string? host, string? device)
    {
        var route = RequestRoute.Of(request);
        Assert.That(($"{route.Method} {route.Template}", route.Vm, route.Host, route.Device), Is.EqualTo((name, vm, host, device)));
    }

    [Test]
    public async Task Meter_IsTheFactorys()
    {
        using var meter = new Meter("own");
        var factory = Substitute.For<IMeterFactory>();
        factory.Create(Arg.Is<MeterOptions>(options => options.Name == EngineTelemetry.Name)).Returns(meter);
        await using (var client = new OvirtClient(http, server.Options(), meters: factory))
        {
            await client.GetVmAsync("v1");
        }

        Assert.That(measured, Is.Empty, "the meter of the process counts nothing");
    }

    [Test]
    public async Task Changes_AreCounted_AndNoSecretIsSeen()
    {
        var inventory = new FakeInventory();
        inventory.Set("h1", new NvdimmInventory([EngineSamples.Device(), EngineSamples.Device(1)]));
        string token;
        await using (var client = new OvirtClient(http, server.Options()))
        {
            var manager = new HostDeviceManager(client, new NvdimmCategory(inventory));
            Assert.That((await manager.AttachAsync("v1", ["namespace0.0"])).Check.IsAllowed, Is.True);
            Assert.That((await manager.DetachAsync("v1", ["namespace0.0"])).Check.IsAllowed, Is.True);
            token = api.Token;
        }

        Assert.That(
            measured.Where(measurement => measurement.Name == "nvdimm.host_device.changes").Select(measurement => $"{measurement.Tags["capability"]} {measurement.Tags["operation"]} {measurement.Tags["outcome"]}"),
            Is.EqualTo(new[] { "nvdimm attach done", "nvdimm detach done" }));
        Assert.That(activities.Select(activity => activity.DisplayName), Does.Contain("nvdimm attach").And.Contain("nvdimm detach"));
        var seen = string.Join('\n', activities.SelectMany(activity => activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Append(activity.DisplayName))
            .Concat(measured.SelectMany(measurement => measurement.Tags.Select(tag => $"{tag.Key}={tag.Value}"))));
        Assert.That(seen, Does.Not.Contain(StubApi.Password).And.Not.Contain(Uri.EscapeDataString(StubApi.Password)).And.Not.Contain(token));
    }

    [Test]
    public async Task Operation_ThatFails_IsAnError_AndARefusalIsNot()
    {
        var inventory = new FakeInventory();
        inventory.Set("h1", new NvdimmInventory([EngineSamples.Device()]));
        var manager = new HostDeviceManager(EngineSamples.Engine(), new NvdimmCategory(inventory));
        await manager.PreviewAsync("v3", ["namespace0.0"]);
        inventory.Set("h1", null);
        await manager.ListAsync(new HostReference("h1", "host1"));
        await new HostDeviceCategories([new NvdimmCategory(inventory)]).ListAsync(new HostReference("h1", "host1"));
        var broken = Substitute.For<IOvirtEngine>();
        broken.GetVmAsync("v1", Arg.Any<CancellationToken>()).Returns<Models.OvirtVm?>(_ => throw new OvirtException("GET vms/v1", OvirtFailure.NotReached, "gone"));
        await Assert.ThrowsAsync<OvirtException>(() => new HostDeviceManager(broken, new NvdimmCategory(inventory)).AttachAsync("v1", ["namespace0.0"]));
        Assert.That(activities.Select(activity => $"{activity.DisplayName} {activity.Status}"), Is.EqualTo(new[]
        {
            "nvdimm preview Unset", "nvdimm list Error", "nvdimm list Error", "nvdimm attach Error",
        }));
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (measured)
        {
            measured.Add((instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal)));
        }
    }
}
