using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>A recorded device, to check whether it keeps its layout with other programs.</summary>
/// <param name="Device">The kernel name of the device when it was last recorded.</param>
/// <param name="Owner">The VM that owns the device, as text; null if there is none.</param>
/// <param name="Layout">The recorded layout.</param>
public sealed record RecordedLayout(string Device, string? Owner, DeviceLayout Layout)
{
    /// <summary>The used devices of all hosts that have records in the folder.</summary>
    /// <param name="records">The records.</param>
    /// <exception cref="ArgumentNullException"><paramref name="records"/> is null.</exception>
    public static ValueList<RecordedLayout> Of(IEnumerable<LayoutRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records.Where(record => record.Layout is not null)
            .Select(record => new RecordedLayout(record.Name, record.Owner?.ToString(), record.Layout!))
            .ToValueList();
    }

    /// <summary>The prediction of what a pair of versions makes of the recorded target size and alignment.</summary>
    /// <param name="architecture">The architecture to ask for, of the same family as the recorded one.</param>
    /// <param name="profile">The profile of the pair; null if unknown.</param>
    internal SizingResult With(GuestArchitecture architecture, HypervisorProfile? profile) => NvdimmSizer.Keep(
        new SizingRequest(architecture, Layout.DeviceSize)
        {
            LabelSize = Layout.LabelSize,
            Strategy = Layout.Strategy,
            Profile = profile,
            HostPageSize = Alignment.FromBytes(Environment.SystemPageSize),
        },
        Layout.TargetSize,
        Layout.AlignSize);
}

/// <summary>What the probed programs make of a recorded layout.</summary>
/// <param name="Recorded">The device and its layout.</param>
/// <param name="Predicted">The layout that is predicted for the probed programs.</param>
/// <param name="Mismatch">How the programs differ from the prediction; null if they do not differ, or were not asked.</param>
public sealed record RecordedLayoutResult(RecordedLayout Recorded, SizingResult Predicted, ConformanceMismatch? Mismatch)
{
    /// <summary>Whether the programs were asked. They are not asked about more than 512 GiB, nor if their QEMU is not installed.</summary>
    public required bool IsProbed { get; init; }

    /// <summary>
    /// Whether the guest finds its data at its next start: backend size, label area and guest size are the recorded ones.
    /// </summary>
    public bool IsKept => Mismatch is null
        && Predicted.Layout is { } layout
        && (layout.BackendSize, layout.LabelOffset, layout.GuestSize)
            == (Recorded.Layout.BackendSize, Recorded.Layout.LabelOffset, Recorded.Layout.GuestSize);
}
