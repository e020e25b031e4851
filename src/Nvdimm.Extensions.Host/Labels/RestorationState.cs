using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>All facts that decide a restoration. <see cref="RestorationChoice.Of"/> uses nothing else.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Record">The ledger's record of the device; null if there is none.</param>
/// <param name="DeviceSize">The size of the device in bytes.</param>
internal sealed record RestorationState(RelocationBackup Backup, LayoutRecord? Record, long DeviceSize)
{
    /// <summary>The hash of the valid labels at the place that the backup's labels came from; null if there are none.</summary>
    public string? HashAtSource { get; init; }

    /// <summary>The hash of the valid labels at <see cref="ExpectedPlace"/>; null if there are none.</summary>
    public string? HashAtExpectedPlace { get; init; }

    /// <summary>Whether every byte where the labels were written is the earlier byte.</summary>
    public bool IsBefore { get; init; }

    /// <summary>Whether every byte where the labels were written is either the earlier byte or the byte of the labels.</summary>
    public bool IsPartlyWritten { get; init; }

    /// <summary>Whether the administrator has named the backup's labels.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether another backup contains the labels at <see cref="ExpectedPlace"/>, so that they can be named later.</summary>
    public bool IsExpectedPlaceSaved { get; init; }

    /// <summary>
    /// The offset where the guest looks for its labels: the recorded one; without a recorded layout the one that the backup's labels came
    /// from.
    /// </summary>
    public long ExpectedPlace => ExpectedPlaceOf(Backup, Record);

    /// <summary>As <see cref="ExpectedPlace"/>, before anything of the device was read.</summary>
    public static long ExpectedPlaceOf(RelocationBackup backup, LayoutRecord? record) => record?.Layout?.LabelOffset.Bytes ?? backup.Source;
}
