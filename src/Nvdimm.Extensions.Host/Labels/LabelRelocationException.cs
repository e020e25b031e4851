namespace Nvdimm.Extensions.Host.Labels;

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
