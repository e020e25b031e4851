using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Extensions.Engine.Tests.Rest;

/// <summary>Random faults on the way to the engine: no attachment lost, none doubled, and nothing claimed that is not so.</summary>
public sealed class FaultScheduleTests
{
    private const int Schedules = 4000;
    private static readonly Fault[] Kinds = Enum.GetValues<Fault>();
    private static readonly HostDeviceKey Key = HostDeviceKey.OfName("namespace0.0");

    [Test]
    public async Task Attach_UnderEverySchedule_SaysWhatIs()
    {
        var outcomes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < Schedules; seed++)
        {
            var outcome = await RunAsync(seed, isAttach: true);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        await TestContext.Out.WriteLineAsync(string.Join(", ", outcomes));
        Assert.That(outcomes.Keys, Is.SupersetOf(new[] { "done", "unknown", "not done" }), "the schedules reach every outcome");
        Assert.That(outcomes["done"], Is.GreaterThan(Schedules / 2));
    }

    [Test]
    public async Task Detach_UnderEverySchedule_SaysWhatIs()
    {
        for (var seed = 0; seed < Schedules; seed++)
        {
            await RunAsync(-1 - seed, isAttach: false);
        }
    }

    private static async Task<string> RunAsync(int seed, bool isAttach)
    {
        var random = new Chance(seed);
        var engine = EngineSamples.Engine();
        if (!isAttach)
        {
            await engine.AddVmHostDeviceAsync("v1", Key);
        }

        // One in five to nine in ten requests fail.
        var share = 0.2 + (random.Next(1000) * 0.0007);
        var api = new StubApi(engine);
        using var network = new FaultyHandler(api, _ => random.Next(1000) < share * 1000 ? Kinds[random.Next(Kinds.Length)] : Fault.None);
        using var http = new HttpClient(network) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new OvirtClient(http, new OvirtClientOptions
        {
            Url = new Uri("https://engine/ovirt-engine"),
            Username = "admin@internal",
            Password = StubApi.Password,
            MaxRetries = 10,
            RetryDelay = TimeSpan.Zero,
        });
        var outcome = await OutcomeAsync(() => isAttach ? client.AddVmHostDeviceAsync("v1", Key) : client.RemoveVmHostDeviceAsync("v1", Key));
        var isThereNow = await IsThereAsync();
        if (outcome == "done")
        {
            Assert.That(isThereNow, Is.EqualTo(isAttach), $"seed {seed}: it was said to be done");
        }

        await network.DrainAsync();
        var isThere = await IsThereAsync();
        switch (outcome)
        {
            case "done":
                Assert.That(isThere, Is.EqualTo(isAttach), $"seed {seed}: it was undone");
                break;
            case "not done":
                Assert.That(isThere, Is.EqualTo(!isAttach), $"seed {seed}: it was said not to be done, and was");
                break;
        }

        AssertLooksBeforeRepeating(network.Arrived, seed);
        return outcome;

        async Task<bool> IsThereAsync()
        {
            var devices = await engine.ListVmHostDevicesAsync("v1").ToListAsync();
            Assert.That(devices.Select(device => device.Name), Is.Unique, $"seed {seed}: doubled");
            return devices.Count > 0;
        }
    }

    private static async Task<string> OutcomeAsync(Func<Task> change)
    {
        try
        {
            await change();
            return "done";
        }
        catch (OvirtException failed)
        {
            return failed.IsOutcomeUnknown ? "unknown" : "not done";
        }
    }

    /// <summary>After a change whose answer was lost, the next change that arrives comes after a look that was answered.</summary>
    private static void AssertLooksBeforeRepeating(List<(string Request, int Status)> arrived, int seed)
    {
        var isBlind = false;
        foreach (var (request, status) in arrived.Where(entry => entry.Request.Contains("hostdevices", StringComparison.Ordinal)))
        {
            if (request.StartsWith("GET", StringComparison.Ordinal))
            {
                isBlind = isBlind && status != 200;
            }
            else
            {
                Assert.That(isBlind, Is.False, $"seed {seed}: repeated without looking: {string.Join(", ", arrived)}");
                isBlind = status == 0;
            }
        }
    }
}
