using System.Globalization;
using Nvdimm.Extensions.Engine.Tests.Rest;

namespace Nvdimm.Extensions.Engine.Tests.Lifecycle;

/// <summary>
/// Random lifecycles of devices and VMs, against a truth that tracks the device and its owner: never a start with another VM's device, never one
/// without its own, and always a way out.
/// </summary>
public sealed class LifecycleTests
{
    private const int Events = 24;
    private const long FixedSeed = 20261128;

    /// <summary>NVDIMM_LIFECYCLES sets how many sequences each run has, NVDIMM_LIFECYCLE_SEED repeats a fresh one.</summary>
    private static int? Asked =>
        int.TryParse(Environment.GetEnvironmentVariable("NVDIMM_LIFECYCLES"), CultureInfo.InvariantCulture, out var set) ? set : null;

    [Test]
    public Task Lifecycles_OfTheFixedSeed() => RunAsync(FixedSeed, Asked ?? 500);

    [Test]
    public Task Lifecycles_OfAFreshSeed() =>
        RunAsync(long.TryParse(Environment.GetEnvironmentVariable("NVDIMM_LIFECYCLE_SEED"), CultureInfo.InvariantCulture, out var set) ? set : DateTime.UtcNow.Ticks, Asked ?? 500);

    private static async Task RunAsync(long seed, int sequences)
    {
        await TestContext.Out.WriteLineAsync($"seed {seed}, {sequences} sequences");
        var (started, refused, attached) = (0, 0, 0);
        for (var sequence = 0; sequence < sequences; sequence++)
        {
            var events = Sequence(unchecked((seed * 1_000_003) + sequence));
            var (wrong, count) = await PlayAsync(events);
            if (wrong is not null)
            {
                var (fewest, why) = await ShrinkAsync(events, wrong);
                Assert.Fail($"seed {seed}, sequence {sequence}: {why}\n{string.Join('\n', fewest)}");
            }

            (started, refused, attached) = (started + count.Started, refused + count.Refused, attached + count.Attached);
        }

        await TestContext.Out.WriteLineAsync($"{started} starts, {refused} refused, {attached} attachments");
        Assert.That(started, Is.GreaterThan(sequences), "the lifecycles have starts to judge");
        Assert.That(refused, Is.GreaterThan(sequences / 8), "the lifecycles have refusals to judge");
    }

    private static LifecycleEvent[] Sequence(long seed)
    {
        var chance = new Chance(seed);
        var kinds = Enum.GetValues<LifecycleKind>();
        LifecycleKind[] often = [LifecycleKind.AttachByUuid, LifecycleKind.Start, LifecycleKind.Stop, LifecycleKind.Attach];
        return [.. Enumerable.Range(0, Events).Select(_ =>
            new LifecycleEvent(chance.Next(3) == 0 ? often[chance.Next(often.Length)] : kinds[chance.Next(kinds.Length)], chance.Next(60), chance.Next(60), chance.Next(60)))];
    }

    private static async Task<(string? Wrong, (int Started, int Refused, int Attached) Count)> PlayAsync(IReadOnlyList<LifecycleEvent> events)
    {
        var world = new LifecycleWorld();
        foreach (var happening in events)
        {
            if (await world.HappenAsync(happening) is { } wrong)
            {
                return (wrong, world.Count);
            }
        }

        return (await world.WayOutAsync(), world.Count);
    }

    /// <summary>Leaves out one event after the other, as long as anything goes wrong.</summary>
    private static async Task<(List<LifecycleEvent> Events, string Wrong)> ShrinkAsync(IEnumerable<LifecycleEvent> events, string wrong)
    {
        var fewest = events.ToList();
        for (var index = fewest.Count - 1; index >= 0; index = Math.Min(index, fewest.Count) - 1)
        {
            var fewer = fewest.Where((_, place) => place != index).ToList();
            if ((await PlayAsync(fewer)).Wrong is { } still)
            {
                (fewest, wrong) = (fewer, still);
                index = fewest.Count;
            }
        }

        return (fewest, wrong);
    }
}
