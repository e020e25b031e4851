namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The result of a label copy.</summary>
/// <param name="SourceBackup">The backup file with the labels; null if nothing was written.</param>
/// <param name="TargetBackup">The backup file with the overwritten bytes; null if nothing was written.</param>
/// <param name="Findings">Why nothing was written: the findings of the plan, and <see cref="NvdimmCodes.RelocationNotClaimed"/>.</param>
public sealed record LabelRelocationResult(string? SourceBackup, string? TargetBackup, ValueList<Finding> Findings)
{
    /// <summary>Whether the labels were copied.</summary>
    public bool IsDone => SourceBackup is not null;
}
