using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>A device of the ledger, for a check whether it keeps its layout with other programs.</summary>
/// <param name="Device">The kernel name of the device when it was last recorded.</param>
/// <param name="Owner">The VM whose device it is, as text for people; null where it is nobody's.</param>
/// <param name="Layout">The recorded layout.</param>
public sealed record RecordedLayout(string Device, string? Owner, DeviceLayout Layout)
{
    /// <summary>The devices that were used, of all hosts that have records in the folder.</summary>
    /// <param name="records">The records.</param>
    /// <exception cref="ArgumentNullException"><paramref name="records"/> is null.</exception>
    public static ValueList<RecordedLayout> Of(IEnumerable<LayoutRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records.Where(record => record.Layout is not null)
            .Select(record => new RecordedLayout(record.Name, record.Owner?.ToString(), record.Layout!))
            .ToValueList();
    }

    /// <summary>What a pair of versions makes of the recorded target size and alignment.</summary>
    /// <param name="architecture">The architecture that is asked, of the same family as the recorded one.</param>
    /// <param name="profile">The pair; null where it is not known.</param>
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
