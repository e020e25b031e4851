namespace Nvdimm.Attack.Tests.Faults;

/// <summary>
/// Lets a command meet one fault after the other, and judges each time what it did and said, and what its next run makes of that.
/// </summary>
internal sealed class FaultSweep
{
    private const int ShownCharacters = 200;

    private readonly AttackedCommand attacked;
    private readonly Strace strace;
    private Dictionary<string, string> before = [];
    private Dictionary<string, string> done = [];
    private int usual;

    private FaultSweep(AttackedCommand attacked, string trace)
    {
        this.attacked = attacked;
        strace = new Strace(attacked.Command, attacked.Environment, trace);
    }

    /// <summary>How many errors were made.</summary>
    public int Faults { get; private set; }

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Files or places that were neither as before nor as they become.</summary>
    public List<string> TornParts { get; } = [];

    /// <summary>Runs that allowed what must be refused.</summary>
    public List<string> Allowed { get; } = [];

    /// <summary>Runs that said they had failed and had changed something, or said they had done it and had not.</summary>
    public List<string> Untrue { get; } = [];

    /// <summary>Faults after which the next run did not come to the usual end.</summary>
    public List<string> LeftOver { get; } = [];

    /// <summary>Everything that did not hold.</summary>
    public IEnumerable<string> Won => [.. TornParts.Select(text => $"torn: {text}"), .. Allowed.Select(text => $"allowed: {text}"),
        .. Untrue.Select(text => $"told untruly: {text}"), .. LeftOver.Select(text => $"left over: {text}")];

    /// <summary>Attacks a command.</summary>
    /// <param name="attacked">The command.</param>
    /// <param name="most">How many faults it gets at most, spread evenly over all that it can meet.</param>
    public static FaultSweep Of(AttackedCommand attacked, int most)
    {
        using var scratch = new TemporaryFolder();
        var sweep = new FaultSweep(attacked, scratch.PathOf("trace"));
        sweep.Run(most);
        return sweep;
    }

    private void Run(int most)
    {
        before = Parts();
        var undisturbed = strace.Run();
        usual = undisturbed.Status;
        done = Parts();
        Assert.That(usual == 0, Is.Not.EqualTo(attacked.MustRefuse), $"without a fault it ends with {usual}: {undisturbed.Text}");
        Assert.That(AreSame(done, before), Is.EqualTo(attacked.MustRefuse), "what it does can be seen");
        attacked.Files.PutBack();
        var faults = strace.Faults(attacked.Work);
        var stride = StrideOf(faults.Count, most);
        for (var at = 0; at < faults.Count; at += stride)
        {
            attacked.Files.PutBack();
            if (strace.Run(faults[at]) is { } run)
            {
                _ = faults[at].IsKill ? Kills++ : Faults++;
                Judge(faults[at], run);
                JudgeNext(faults[at], run);
            }
        }

        attacked.Files.PutBack();
    }

    private void Judge(Fault fault, CommandRun run)
    {
        var parts = Parts();
        var what = $"{fault}, status {run.Status}: {run.Text.Trim()}";
        var isWarned = attacked.Warnings.Any(warning => run.Text.Contains(warning, StringComparison.Ordinal));
        foreach (var name in parts.Keys.Union(before.Keys, StringComparer.Ordinal).Where(name => IsTorn(name, parts)))
        {
            TornParts.Add($"{name} is {Short(parts.GetValueOrDefault(name))} after {what}");
        }

        if (attacked.MustRefuse && run.Status == 0 && !isWarned)
        {
            Allowed.Add(what);
        }

        var isTrue = run.Status == 0 ? AreSame(parts, done) : attacked.IsInSteps ? !AreSame(parts, done) : AreSame(parts, before);
        if (run.IsToldByItself && !isWarned && !isTrue)
        {
            Untrue.Add($"{what}\n  {Difference(parts, run.Status == 0 ? done : before)}");
        }
    }

    private void JudgeNext(Fault fault, CommandRun run)
    {
        var next = strace.Run();
        var parts = Parts();
        if ((next.Status != usual && !attacked.AlreadyDone.Contains(next.Status)) || !AreSame(parts, done))
        {
            LeftOver.Add($"{fault}, status {run.Status}: {run.Text.Trim()}\n  then {next.Status}: {next.Text.Trim()}\n  {Difference(parts, done)}");
        }

        if (!attacked.IsCleanedLater)
        {
            LeftOver.AddRange(attacked.Files.Leftovers.Select(path => $"{path} after {fault} and the next run"));
        }
    }

    /// <summary>Every how manieth fault is made. Each call has up to five of them, so that a multiple of five would always make the same error.</summary>
    private static int StrideOf(int count, int most)
    {
        var stride = Math.Max(1, (int)Math.Ceiling((double)count / most));
        while (stride > 1 && (stride % 2 == 0 || stride % 5 == 0))
        {
            stride++;
        }

        return stride;
    }

    private bool IsTorn(string name, Dictionary<string, string> parts) => parts.GetValueOrDefault(name) is var part
        && part != before.GetValueOrDefault(name) && part != done.GetValueOrDefault(name) && part is not (AttackedFiles.Claim or AttackedFiles.Folder);

    private Dictionary<string, string> Parts() => attacked.Files.Parts().Where(part => !attacked.IsOfEachRun(part.Key)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Folders are no outcome: an empty one may stay.</summary>
    private static bool AreSame(Dictionary<string, string> parts, Dictionary<string, string> expected) => Difference(parts, expected).Length == 0;

    private static string Difference(Dictionary<string, string> parts, Dictionary<string, string> expected) => string.Join("\n  ", parts.Keys
        .Union(expected.Keys, StringComparer.Ordinal)
        .Where(name => parts.GetValueOrDefault(name) != expected.GetValueOrDefault(name))
        .Where(name => (parts.GetValueOrDefault(name) ?? expected[name]) != AttackedFiles.Folder)
        .Select(name => $"{name} is {Short(parts.GetValueOrDefault(name))}, expected {Short(expected.GetValueOrDefault(name))}"));

    private static string Short(string? part) => part is null ? "not there" : part.Length <= ShownCharacters ? part : part[..ShownCharacters] + "…";
}
