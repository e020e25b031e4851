using Nvdimm.Extensions;

namespace Nvdimm.Cli.Planning;

/// <summary>What a repair would do or has done, or why it does nothing.</summary>
/// <param name="What">The kind of repair: <c>relocate-labels</c> or <c>restore-labels</c>.</param>
/// <param name="Device">The device's name, or the name that the user gave.</param>
internal sealed record RepairOutcome(string What, string Device)
{
    /// <summary>The device file.</summary>
    public string? Path { get; init; }

    /// <summary>The hash of the labels to write; null if none are written.</summary>
    public string? Labels { get; init; }

    /// <summary>The offset of the labels to copy; null if they come from the backup, or none are written.</summary>
    public ByteSize? From { get; init; }

    /// <summary>The offset where labels are written; null if none are.</summary>
    public ByteSize? To { get; init; }

    /// <summary>The offset where bytes that labels had overwritten are written back; null if none are.</summary>
    public ByteSize? OverwrittenTo { get; init; }

    /// <summary>The number of bytes written at each offset.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>Whether the labels are written over data, which the backup keeps.</summary>
    public bool OverwritesData { get; init; }

    /// <summary>The files of the backup: the written ones, or their future names with <c>N</c> in place of a number.</summary>
    public ValueList<string> Backups { get; init; } = [];

    /// <summary>Whether the device was written.</summary>
    public bool IsDone { get; init; }

    /// <summary>Why there is nothing to do; null if there is something, or if it cannot be done.</summary>
    public string? NothingToDo { get; init; }

    /// <summary>Why the repair is impossible, if no finding says so.</summary>
    public string? Reason { get; init; }

    /// <summary>The findings; an error refuses the repair.</summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>What to do next, in this order: each a command line or a sentence.</summary>
    public ValueList<string> Next { get; init; } = [];

    /// <summary>The command that undoes the repair, valid until a guest writes; null if nothing was copied.</summary>
    public string? Undo { get; init; }

    /// <summary>Whether the repair is possible, or was done.</summary>
    public bool IsAllowed => Reason is null && !Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>The exit status.</summary>
    public int Status => !IsAllowed
        ? Math.Max(ExitStatus.Refused, GuardedDevice.StatusOf(Findings.Where(finding => finding.Severity == Severity.Error)))
        : NothingToDo is not null && What == LabelRepair.Restoring ? ExitStatus.NothingToRestore
        : ExitStatus.Good;
}
