namespace Nvdimm.Extensions.Host.Labels;

/// <summary>What taking back a relocation of labels would do; nothing is written by making it.</summary>
/// <param name="Backup">One of the two files of the backup.</param>
/// <param name="Offset">Where bytes would be written; null where the backup cannot be used.</param>
/// <param name="Size">How many; null where the backup cannot be used.</param>
/// <param name="Findings">
/// What stands against it: <see cref="NvdimmCodes.RestoreBadBackup"/>, <see cref="NvdimmCodes.RestoreChanged"/>,
/// <see cref="NvdimmCodes.RelocationOutsideDevice"/>, <see cref="NvdimmCodes.LayoutUnreadable"/>, <see cref="NvdimmCodes.InUseByHost"/>,
/// <see cref="NvdimmCodes.ReadOnly"/>, <see cref="NvdimmCodes.HostUseUnknown"/>; of a run also <see cref="NvdimmCodes.RelocationNotClaimed"/>.
/// </param>
public sealed record LabelRestorationPlan(string Backup, ByteSize? Offset, ByteSize? Size, ValueList<Finding> Findings)
{
    /// <summary>Whether it can be done, or was done: nothing was found.</summary>
    public bool IsPossible => Findings.Count == 0;
}
