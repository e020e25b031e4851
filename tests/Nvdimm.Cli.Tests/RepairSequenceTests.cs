using System.Globalization;
using Nvdimm.Extensions.Host.Conformance;

namespace Nvdimm.Cli.Tests;

/// <summary>
/// Random sequences of relocations, restorations, wipes, kills, records and starts over a device. The model knows the last labels that a guest wrote;
/// a start must give the guest these, or be refused and say how they come back.
/// </summary>
public sealed class RepairSequenceTests
{
    /// <summary>More by hand: <c>NVDIMM_REPAIR_SEQUENCES=10000</c>.</summary>
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("NVDIMM_REPAIR_SEQUENCES") ?? "25", CultureInfo.InvariantCulture);

    private static readonly int Fresh = int.Parse(
        Environment.GetEnvironmentVariable("NVDIMM_REPAIR_SEED") ?? $"{Environment.TickCount & int.MaxValue}", CultureInfo.InvariantCulture);

    private static IEnumerable<int> Seeds => [20261128, Fresh];

    [Test]
    public async Task AnySequence_KeepsTheWayBackToTheLastLabelsOfAGuest([ValueSource(nameof(Seeds))] int seed)
    {
        await TestContext.Progress.WriteLineAsync($"seed {seed}: {Count} sequences");
        for (var number = 0; number < Count; number++)
        {
            if (number % 100 == 99)
            {
                await TestContext.Progress.WriteLineAsync($"seed {seed}: {number + 1} sequences held");
            }

            var events = RepairEvents.Random(new SeededNumbers(unchecked(seed + (number * 7919))));
            if (await Failure(events) is { } failure)
            {
                var shrunk = await Shrink(events);
                Assert.Fail($"seed {seed}, sequence {number}: {await Failure(shrunk) ?? failure}\n{string.Join('\n', shrunk)}\nof {events.Count} events");
            }
        }
    }

    /// <summary>The model itself can fail: a start that gives the guest other labels is found.</summary>
    [Test]
    public async Task Model_FindsAGuestThatGetsOldLabels()
    {
        Assert.That(
            await Failure([new RepairEvent("start", 1), new RepairEvent("swap in old labels", 0), new RepairEvent("start", 0)]), Does.Contain("the guest got"));
    }

    private static async Task<string?> Failure(IReadOnlyList<RepairEvent> events)
    {
        using var model = new RepairModel();
        return await model.Run(events);
    }

    /// <summary>Leaves out what is not needed for the failure, larger parts first.</summary>
    private static async Task<List<RepairEvent>> Shrink(List<RepairEvent> events)
    {
        for (var size = events.Count / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= events.Count;)
            {
                List<RepairEvent> fewer = [.. events.Take(at), .. events.Skip(at + size)];
                if (await Failure(fewer) is not null)
                {
                    events = fewer;
                }
                else
                {
                    at += size;
                }
            }
        }

        return events;
    }
}
