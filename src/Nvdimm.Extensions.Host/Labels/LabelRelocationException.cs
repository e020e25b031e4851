namespace Nvdimm.Extensions.Host.Labels;

/// <summary>Copying a label area failed on its way. The backups have what was there before.</summary>
public sealed class LabelRelocationException : Exception
{
    internal LabelRelocationException(string message, string? sourceBackup, string? targetBackup, Exception? inner = null)
        : base(message, inner)
    {
        SourceBackup = sourceBackup;
        TargetBackup = targetBackup;
    }

    /// <summary>The file with the labels; null where it failed before the device was written to.</summary>
    public string? SourceBackup { get; }

    /// <summary>The file with what was at their new place before; null where it failed before the device was written to.</summary>
    public string? TargetBackup { get; }
}
