namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>One event. What it is about is chosen by the numbers, among what is there at that time: any event can follow any other.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="First">Chooses the host, the device or the VM.</param>
/// <param name="Second">Chooses the rest.</param>
internal readonly record struct LifecycleEvent(LifecycleKind Kind, int First, int Second)
{
    /// <summary>How many kinds a sequence has beside the usual ones: few, so that they meet.</summary>
    private const int Rare = 7;

    /// <summary>What every sequence has.</summary>
    private static readonly LifecycleKind[] Usual =
    [
        LifecycleKind.Start, LifecycleKind.Start, LifecycleKind.Start, LifecycleKind.StartThenDestroy, LifecycleKind.Stop, LifecycleKind.Stop,
        LifecycleKind.Attach, LifecycleKind.Attach, LifecycleKind.Reboot,
    ];

    private static readonly LifecycleKind[] Others = [.. Enum.GetValues<LifecycleKind>().Except(Usual)];

    private static readonly (LifecycleKind Kind, int Weight)[] HarmlessWeights =
    [
        (LifecycleKind.Reboot, 4), (LifecycleKind.Crash, 1), (LifecycleKind.DriverLate, 2), (LifecycleKind.ComeBack, 1), (LifecycleKind.Report, 3),
        (LifecycleKind.EmptyReport, 2), (LifecycleKind.ReportLost, 1), (LifecycleKind.Start, 3), (LifecycleKind.StartThenDestroy, 3), (LifecycleKind.Stop, 3),
    ];

    private static readonly LifecycleKind[] Harmless = [.. HarmlessWeights.SelectMany(pair => Enumerable.Repeat(pair.Kind, pair.Weight))];

    /// <summary>12 to 25 events, always the same for a seed.</summary>
    public static List<LifecycleEvent> Sequence(ulong seed, bool isHarmless)
    {
        var numbers = new CsCheck.PCG((uint)(seed >> 32), seed);
        var kinds = isHarmless ? Harmless : [.. Usual, .. Enumerable.Range(0, Rare).Select(_ => Others[Next(Others.Length)])];
        return Enumerable.Range(0, 12 + Next(14)).Select(_ => new LifecycleEvent(kinds[Next(kinds.Length)], Next(12), Next(12))).ToList();

        int Next(int count) => (int)numbers.Next((uint)count);
    }
}
