using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>All that a restoration is decided by. <see cref="RestorationChoice.Of"/> looks at nothing else.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Record">The ledger's record of the device; null where there is none.</param>
/// <param name="DeviceSize">The size of the device in bytes.</param>
internal sealed record RestorationState(RelocationBackup Backup, LayoutRecord? Record, long DeviceSize)
{
    /// <summary>The hash of the whole labels at the place that the backup's labels came from; null where there are none.</summary>
    public string? AtSource { get; init; }

    /// <summary>The hash of the whole labels at <see cref="Home"/>; null where there are none.</summary>
    public string? AtHome { get; init; }

    /// <summary>Whether every byte where the labels were written is the one of before.</summary>
    public bool IsBefore { get; init; }

    /// <summary>Whether every byte where the labels were written is one of before or of the labels.</summary>
    public bool IsMixture { get; init; }

    /// <summary>Whether the administrator has named the backup's labels.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether the labels at <see cref="Home"/> are in another backup, so that they can be named later.</summary>
    public bool IsHomeSaved { get; init; }

    /// <summary>Where the guest looks for its labels: the recorded place; without recorded layout the place that the backup's labels came from.</summary>
    public long Home => HomeOf(Backup, Record);

    /// <summary>The same, before anything of the device is known.</summary>
    public static long HomeOf(RelocationBackup backup, LayoutRecord? record) => record?.Layout?.LabelOffset.Bytes ?? backup.Source;
}
