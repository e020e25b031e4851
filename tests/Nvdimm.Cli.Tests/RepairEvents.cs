using Nvdimm.Extensions.Host.Conformance;


namespace Nvdimm.Cli.Tests;

/// <summary>What can happen to a device between its repairs.</summary>
internal static class RepairEvents
{
    public static readonly string[] Kinds =
    [
        "relocate", "relocate", "relocate", "relocate killed", "restore", "restore", "restore killed", "wipe", "wipe", "damage", "start", "start", "start",
        "start without note", "accept", "record", "next", "next", "all next", "forget",
    ];

    public static List<RepairEvent> Random(SeededNumbers numbers) =>
        [.. Enumerable.Range(0, 3 + (int)numbers.Below(13)).Select(_ => new RepairEvent(numbers.OneOf(Kinds), (int)numbers.Below(1000)))];
}
