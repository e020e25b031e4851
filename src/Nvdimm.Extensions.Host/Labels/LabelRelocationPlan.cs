using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The plan of a label copy, for a dry run. Planning writes nothing.</summary>
public sealed record LabelRelocationPlan
{
    /// <summary>The device.</summary>
    public required DeviceIdentity Identity { get; init; }

    /// <summary>The device's kernel name.</summary>
    public required string Name { get; init; }

    /// <summary>The device file.</summary>
    public required string Path { get; init; }

    /// <summary>The present offset of the labels.</summary>
    public required ByteSize From { get; init; }

    /// <summary>The planned offset of the labels.</summary>
    public required ByteSize To { get; init; }

    /// <summary>The number of bytes to copy. The bytes at <see cref="From"/> stay.</summary>
    public required ByteSize LabelSize { get; init; }

    /// <summary>The hash of the labels.</summary>
    public required string Hash { get; init; }

    /// <summary>The hash of the present bytes at <see cref="To"/>; null if that is outside the device.</summary>
    public required string? TargetHash { get; init; }

    /// <summary>
    /// The reasons against the copy: <see cref="NvdimmCodes.RelocationNoLabels"/>, <see cref="NvdimmCodes.RelocationShrinks"/>,
    /// <see cref="NvdimmCodes.RelocationOutsideDevice"/>, <see cref="NvdimmCodes.RelocationIntoNamespaces"/>,
    /// <see cref="NvdimmCodes.RelocationTargetLabelled"/>, <see cref="NvdimmCodes.InUseByHost"/>,
    /// <see cref="NvdimmCodes.ReadOnly"/>, <see cref="NvdimmCodes.HostUseUnknown"/>, <see cref="NvdimmCodes.LayoutUnreadable"/>; and, as a
    /// warning,
    /// <see cref="NvdimmCodes.RelocationTargetNotEmpty"/>.
    /// </summary>
    public required ValueList<Finding> Findings { get; init; }

    /// <summary>Whether the device could not be read. Then it may be one that must not be opened. Default: no.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>Whether the copy overwrites data at <see cref="To"/>, which the backup keeps. Default: no.</summary>
    public bool OverwritesData { get; init; }

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
    /// <summary>Creates the exception; also for tests of callers.</summary>
    /// <param name="message">What failed, and why.</param>
    /// <param name="sourceBackup">The backup file with the labels; null if nothing was written to the device.</param>
    /// <param name="targetBackup">The backup file with the overwritten bytes; null if nothing was written to the device.</param>
    /// <param name="inner">The cause; null if there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public LabelRelocationException(string message, string? sourceBackup, string? targetBackup, Exception? inner = null)
        : base(message, inner)
    {
        ArgumentNullException.ThrowIfNull(message);
        SourceBackup = sourceBackup;
        TargetBackup = targetBackup;
    }

    /// <summary>The backup file with the labels; null if the copy failed before anything was written to the device.</summary>
    public string? SourceBackup { get; }

    /// <summary>The backup file with the overwritten bytes; null if the copy failed before anything was written to the device.</summary>
    public string? TargetBackup { get; }
}
