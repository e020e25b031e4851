namespace Nvdimm.Attack.Tests.Faults;

/// <summary>A command that is attacked, with what it works on.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Files">What it works on.</param>
/// <param name="Work">A text that the first system call of its work names; what comes before is the start of the program.</param>
internal sealed record AttackedCommand(IReadOnlyList<string> Command, AttackedFiles Files, string Work)
{
    /// <summary>Variables that it gets beside ours.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether it must refuse, whatever fails.</summary>
    public bool MustRefuse { get; init; }

    /// <summary>What it says if its exit status alone does not tell the outcome: it could not look, or it could not write what it has done.</summary>
    public ValueList<string> Warnings { get; init; } = [];

    /// <summary>Whether its next run takes no lock: what it leaves if it cannot clean up is removed by the next command that does.</summary>
    public bool IsCleanedLater { get; init; }

    /// <summary>Whether a failure may leave some of its steps done, each of them whole: the next run does the rest.</summary>
    public bool IsInSteps { get; init; }

    /// <summary>The statuses of the next run where the first one has done it already, beside the usual one.</summary>
    public ValueList<int> AlreadyDone { get; init; } = [];

    /// <summary>Whether a part is not compared: a file that each run makes under a name of its own.</summary>
    public Func<string, bool> IsOfEachRun { get; init; } = _ => false;
}
