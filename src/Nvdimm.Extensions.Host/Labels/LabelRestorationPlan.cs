namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The plan of a label restoration, or its result. Planning writes nothing.</summary>
/// <param name="Backup">One of the two files of the backup.</param>
/// <param name="Findings">
/// The reasons against the restoration: <see cref="NvdimmCodes.RestoreBadBackup"/>, <see cref="NvdimmCodes.RestoreChanged"/>,
/// <see cref="NvdimmCodes.RestoreGuestData"/>, <see cref="NvdimmCodes.RestoreLastLabels"/>,
/// <see cref="NvdimmCodes.RelocationOutsideDevice"/>,
/// <see cref="NvdimmCodes.LayoutUnreadable"/>, <see cref="NvdimmCodes.InUseByHost"/>, <see cref="NvdimmCodes.ReadOnly"/>,
/// <see cref="NvdimmCodes.HostUseUnknown"/>; for a run also <see cref="NvdimmCodes.RelocationNotClaimed"/>. As warnings, if only the labels
/// are written back: <see cref="NvdimmCodes.RestoreChanged"/>, <see cref="NvdimmCodes.RestoreGuestData"/>.
/// </param>
public sealed record LabelRestorationPlan(string Backup, ValueList<Finding> Findings)
{
    /// <summary>The hash of the backup's labels; null if the backup cannot be used.</summary>
    public string? Labels { get; init; }

    /// <summary>The number of bytes written at each place; null if the backup cannot be used.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>
    /// The offset to which the backup's labels are written back, where the guest looks for them; null if they are not written.
    /// </summary>
    public ByteSize? LabelsTo { get; init; }

    /// <summary>The offset to which the bytes that the labels overwrote are written back; null if they are not written.</summary>
    public ByteSize? OverwrittenTo { get; init; }

    /// <summary>Whether valid labels are where the guest looks for them. False if that is unknown.</summary>
    public bool IsLabelled { get; init; }

    /// <summary>The backup files of what a run overwrote with the labels.</summary>
    public ValueList<string> Saved { get; init; } = [];

    /// <summary>Whether the restoration is possible, or was done: there are no findings but warnings.</summary>
    public bool IsAllowed => !Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>Whether there is nothing to restore: there are no objections, and the device is as before the labels were copied.</summary>
    public bool IsNothing => IsAllowed && LabelsTo is null && OverwrittenTo is null;
}
