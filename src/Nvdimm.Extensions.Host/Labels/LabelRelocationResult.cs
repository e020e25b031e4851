namespace Nvdimm.Extensions.Host.Labels;

/// <summary>What copying a label area has done.</summary>
/// <param name="SourceBackup">The file with the labels; null where nothing was written.</param>
/// <param name="TargetBackup">The file with what was at their new place before; null where nothing was written.</param>
/// <param name="Findings">Why nothing was written: those of the plan, and <see cref="NvdimmCodes.RelocationNotClaimed"/>.</param>
public sealed record LabelRelocationResult(string? SourceBackup, string? TargetBackup, ValueList<Finding> Findings)
{
    /// <summary>Whether the labels are at their new place now.</summary>
    public bool IsDone => SourceBackup is not null;
}
