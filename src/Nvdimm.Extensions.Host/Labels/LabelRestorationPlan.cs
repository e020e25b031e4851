namespace Nvdimm.Extensions.Host.Labels;

/// <summary>What a restoration of labels would do, or has done; nothing is written by making it.</summary>
/// <param name="Backup">One of the two files of the backup.</param>
/// <param name="Findings">
/// What stands against it: <see cref="NvdimmCodes.RestoreBadBackup"/>, <see cref="NvdimmCodes.RestoreChanged"/>,
/// <see cref="NvdimmCodes.RestoreGuestData"/>, <see cref="NvdimmCodes.RestoreLastLabels"/>, <see cref="NvdimmCodes.RelocationOutsideDevice"/>,
/// <see cref="NvdimmCodes.LayoutUnreadable"/>, <see cref="NvdimmCodes.InUseByHost"/>, <see cref="NvdimmCodes.ReadOnly"/>,
/// <see cref="NvdimmCodes.HostUseUnknown"/>; of a run also <see cref="NvdimmCodes.RelocationNotClaimed"/>. As warnings, where only the labels are
/// written back: <see cref="NvdimmCodes.RestoreChanged"/>, <see cref="NvdimmCodes.RestoreGuestData"/>.
/// </param>
public sealed record LabelRestorationPlan(string Backup, ValueList<Finding> Findings)
{
    /// <summary>The hash of the backup's labels; null where the backup cannot be used.</summary>
    public string? Labels { get; init; }

    /// <summary>How many bytes are written at a place; null where the backup cannot be used.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>Where the guest looks for its labels, and the backup's labels are written back; null where they are not.</summary>
    public ByteSize? LabelsTo { get; init; }

    /// <summary>Where what the labels had overwritten is written back; null where it is not.</summary>
    public ByteSize? OverwrittenTo { get; init; }

    /// <summary>Whether whole labels are where the guest looks for them. False where that is not known.</summary>
    public bool IsLabelled { get; init; }

    /// <summary>The files of the backup that a run has made of what it overwrote with the labels.</summary>
    public ValueList<string> Saved { get; init; } = [];

    /// <summary>Whether it can be done, or was done: nothing but warnings was found.</summary>
    public bool IsPossible => !Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>Whether nothing stands against it and there is nothing to restore: everything is as it was before the labels were copied.</summary>
    public bool IsNothing => IsPossible && LabelsTo is null && OverwrittenTo is null;
}
