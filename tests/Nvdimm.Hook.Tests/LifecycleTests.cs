using System.Collections.Concurrent;
using System.Globalization;
using Nvdimm.Hook.Tests.Lifecycles;

namespace Nvdimm.Hook.Tests;

/// <summary>
/// Random lifecycles against an oracle that knows whose device each is: 1,000 with a fixed seed and as many with a fresh one, or as many in all as
/// <c>NVDIMM_LIFECYCLES</c> says; <c>NVDIMM_LIFECYCLE_SEED</c> takes the place of the fresh seed. The first that fails is shrunk to its fewest events and
/// printed.
/// </summary>
public sealed class LifecycleTests
{
    private const ulong FixedSeed = 13;
    private static readonly string Memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
    private readonly ConcurrentBag<string> folders = [];
    private int started;
    private int refused;

    private static int Count => int.Parse(Environment.GetEnvironmentVariable("NVDIMM_LIFECYCLES") ?? "2000", CultureInfo.InvariantCulture) / 2;

    private static ulong FreshSeed => Environment.GetEnvironmentVariable("NVDIMM_LIFECYCLE_SEED") is { } seed
        ? ulong.Parse(seed, CultureInfo.InvariantCulture)
        : (ulong)DateTime.UtcNow.Ticks;

    [OneTimeTearDown]
    public void RemoveFolders()
    {
        foreach (var folder in folders)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void AnySequence_KeepsEachVmToItsOwnDevice(bool isFresh) => Sample(isFresh ? FreshSeed : FixedSeed, isHarmless: false, Count);

    [TestCase(false)]
    [TestCase(true)]
    public void HarmlessSequence_HasAWayOutThatIsPrinted(bool isFresh) => Sample(isFresh ? FreshSeed : FixedSeed, isHarmless: true, Count / 5);

    private void Sample(ulong seed, bool isHarmless, int count)
    {
        TestContext.Out.WriteLine($"{count} sequences from seed {seed}");
        var failed = new ConcurrentQueue<ulong>();
        (started, refused) = (0, 0);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (number, state) =>
        {
            if (Play(LifecycleEvent.Sequence(seed + (ulong)number, isHarmless), isHarmless).Wrong is not null)
            {
                failed.Enqueue(seed + (ulong)number);
                state.Stop();
            }
        });
        TestContext.Out.WriteLine($"{started} starts, {refused} refused");
        if (failed.TryDequeue(out var first))
        {
            var (wrong, story) = Play(Shrink(LifecycleEvent.Sequence(first, isHarmless), isHarmless), isHarmless);
            Assert.Fail($"Seed {first}: {wrong}\n{story}");
        }

        Assert.That((started > count, refused > count / 2), Is.EqualTo((true, true)), "so few starts test nothing");
    }

    private (string? Wrong, string Story) Play(List<LifecycleEvent> events, bool isHarmless)
    {
        if (!folders.TryTake(out var folder))
        {
            folder = Directory.CreateDirectory(Path.Combine(Memory, $"nvdimm-lifecycle-{Guid.NewGuid():N}")).FullName;
        }

        try
        {
            var lifecycle = new Lifecycle(folder);
            var wrong = lifecycle.Play(events) ?? (isHarmless ? lifecycle.Advice() : null);
            Interlocked.Add(ref started, lifecycle.Starts.Started);
            Interlocked.Add(ref refused, lifecycle.Starts.Refused);
            return (wrong, lifecycle.Story);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return ($"{failure}", "");
        }
        finally
        {
            folders.Add(folder);
        }
    }

    /// <summary>The fewest of these events that still fail, whatever the failure is then: halves, quarters and single ones go until none can.</summary>
    private List<LifecycleEvent> Shrink(List<LifecycleEvent> events, bool isHarmless)
    {
        for (var size = Math.Max(1, events.Count / 2); size > 0;)
        {
            var smaller = Enumerable.Range(0, events.Count)
                .Select(start => events.Where((_, index) => index < start || index >= start + size).ToList())
                .FirstOrDefault(fewer => fewer.Count < events.Count && Play(fewer, isHarmless).Wrong is not null);
            (events, size) = smaller is null ? (events, size / 2) : (smaller, Math.Min(size, Math.Max(1, smaller.Count / 2)));
        }

        return events;
    }
}
