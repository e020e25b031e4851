using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The plan of a label copy, for a dry run. Planning writes nothing.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Name">The device's kernel name.</param>
/// <param name="Path">The device file.</param>
/// <param name="From">The present offset of the labels.</param>
/// <param name="To">The planned offset of the labels.</param>
/// <param name="LabelSize">The number of bytes to copy. The bytes at <paramref name="From"/> stay.</param>
/// <param name="Hash">The hash of the labels.</param>
/// <param name="TargetHash">The hash of the present bytes at <paramref name="To"/>; null if that is outside the device.</param>
/// <param name="Findings">
/// The reasons against the copy: <see cref="NvdimmCodes.RelocationNoLabels"/>, <see cref="NvdimmCodes.RelocationShrinks"/>,
/// <see cref="NvdimmCodes.RelocationOutsideDevice"/>, <see cref="NvdimmCodes.RelocationIntoNamespaces"/>,
/// <see cref="NvdimmCodes.RelocationTargetLabelled"/>, <see cref="NvdimmCodes.InUseByHost"/>,
/// <see cref="NvdimmCodes.ReadOnly"/>, <see cref="NvdimmCodes.HostUseUnknown"/>, <see cref="NvdimmCodes.LayoutUnreadable"/>; and, as a
/// warning,
/// <see cref="NvdimmCodes.RelocationTargetNotEmpty"/>.
/// </param>
public sealed record LabelRelocationPlan(
    DeviceIdentity Identity,
    string Name,
    string Path,
    ByteSize From,
    ByteSize To,
    ByteSize LabelSize,
    string Hash,
    string? TargetHash,
    ValueList<Finding> Findings)
{
    /// <summary>Whether the copy is possible: there are no findings but warnings.</summary>
    public bool IsAllowed => !Findings.Any(finding => finding.Severity == Severity.Error);
}

/// <summary>The result of a label copy.</summary>
/// <param name="SourceBackup">The backup file with the labels; null if nothing was written.</param>
/// <param name="TargetBackup">The backup file with the overwritten bytes; null if nothing was written.</param>
/// <param name="Findings">Why nothing was written: the findings of the plan, and <see cref="NvdimmCodes.RelocationNotClaimed"/>.</param>
public sealed record LabelRelocationResult(string? SourceBackup, string? TargetBackup, ValueList<Finding> Findings)
{
    /// <summary>Whether the labels were copied.</summary>
    public bool IsDone => SourceBackup is not null;
}

/// <summary>Copying a label area failed midway. The backups contain what was on the device before.</summary>
public sealed class LabelRelocationException : Exception
{
    internal LabelRelocationException(string message, string? sourceBackup, string? targetBackup, Exception? inner = null)
        : base(message, inner)
    {
        SourceBackup = sourceBackup;
        TargetBackup = targetBackup;
    }

    /// <summary>The backup file with the labels; null if the copy failed before anything was written to the device.</summary>
    public string? SourceBackup { get; }

    /// <summary>The backup file with the overwritten bytes; null if the copy failed before anything was written to the device.</summary>
    public string? TargetBackup { get; }
}
