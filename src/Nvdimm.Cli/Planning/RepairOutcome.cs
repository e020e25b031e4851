using Nvdimm.Extensions;

namespace Nvdimm.Cli.Planning;

/// <summary>What a repair would do, has done, or why it does nothing.</summary>
/// <param name="What">What it is: <c>relocate-labels</c> or <c>restore-labels</c>.</param>
/// <param name="Device">The device's name, or what was asked for.</param>
internal sealed record RepairOutcome(string What, string Device)
{
    /// <summary>The device file.</summary>
    public string? Path { get; init; }

    /// <summary>The hash of the labels that are written; null where none are.</summary>
    public string? Labels { get; init; }

    /// <summary>Where the labels are that are copied; null where they come from the backup, or none are written.</summary>
    public ByteSize? From { get; init; }

    /// <summary>Where labels are written; null where none are.</summary>
    public ByteSize? To { get; init; }

    /// <summary>Where what labels had overwritten is written back; null where it is not.</summary>
    public ByteSize? OverwrittenTo { get; init; }

    /// <summary>How many bytes are written at a place.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>The files of the backup: those that were written, or with <c>N</c> for a number what they would be called.</summary>
    public ValueList<string> Backups { get; init; } = [];

    /// <summary>Whether something was written.</summary>
    public bool IsDone { get; init; }

    /// <summary>Why there is nothing to do; null where there is, or where it cannot be done.</summary>
    public string? NothingToDo { get; init; }

    /// <summary>Why it cannot be done, where no finding says it.</summary>
    public string? Reason { get; init; }

    /// <summary>What was found; errors refuse.</summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>What to do next, in this order: each a command line, or a sentence.</summary>
    public ValueList<string> Next { get; init; } = [];

    /// <summary>The command that takes it back, until a guest has written; null where nothing was copied.</summary>
    public string? Undo { get; init; }

    /// <summary>Whether it can be done, or was.</summary>
    public bool IsPossible => Reason is null && !Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>What it means for the exit status.</summary>
    public int Status => !IsPossible ? Math.Max(ExitStatus.Refused, GuardedDevice.StatusOf(Findings.Where(finding => finding.Severity == Severity.Error)))
        : NothingToDo is not null && What == LabelRepair.Restoring ? ExitStatus.NothingToRestore
        : ExitStatus.Good;
}
