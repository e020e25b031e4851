using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Cli.Planning;

/// <summary>The decisions that an assignment includes besides the owner.</summary>
/// <param name="Distinct">Records that could be of this device; the assignment decides that they are of other devices.</param>
/// <param name="Replaced">
/// Devices of the new owner that this one replaces. The host does not show them, and the owner used them under this name or path, or this
/// device may be one of them.
/// </param>
/// <param name="Refusals">
/// Why the assignment is refused: the device may be the raw area of a recorded device, where the data is shifted.
/// </param>
internal sealed record OwnerChangeDecision(
    ValueList<DeviceIdentity> Distinct, ValueList<DeviceIdentity> Replaced, ValueList<Finding> Refusals)
{
    /// <summary>No decisions besides the owner.</summary>
    public static OwnerChangeDecision Nothing { get; } = new([], [], []);

    /// <summary>Computes the decisions. Pure.</summary>
    /// <param name="identity">The device.</param>
    /// <param name="facts">The known facts of the device.</param>
    /// <param name="records">All records.</param>
    /// <param name="shown">The namespaces that the host shows.</param>
    /// <param name="host">The host (<see cref="LayoutLedger.Host"/>).</param>
    /// <param name="to">The new owner; null to release the device.</param>
    public static OwnerChangeDecision Of(
        DeviceIdentity identity, DeviceFacts facts, ValueList<LayoutRecord> records, ValueList<NvdimmDevice> shown, string host,
        DeviceOwner? to)
    {
        var existing = records.FirstOrDefault(record => record.Identity == identity);
        var others = records.Where(record => record.Identity != identity).ToList();
        var maybe = others.Where(other => !Sameness.Compare(other.Facts, facts).IsOther).Select(other => other.Identity).ToValueList();
        var beside = shown.Where(device => device.Name != facts.Name).ToList();
        var identities = beside.Select(DeviceIdentity.Of).ToValueList();
        return new OwnerChangeDecision(
            to is null ? [] : maybe,
            others.Where(IsReplaced).Select(other => other.Identity).ToValueList(),
            others
                .Where(other => other.MayHaveRawArea(facts, identities) && !other.IsOlderThan(existing))
                .Where(other => facts.RawUuid is null || facts.RawUuid != other.Facts.Uuid)
                .Select(other => other.ShiftedDataFinding(facts.Name))
                .ToValueList());

        bool IsReplaced(LayoutRecord other) => to is not null
            && other.IsExpected && other.IsOf(host) && other.Owner!.Is(to.VmName, to.VmId)
            && (other.Name == facts.Name || other.Path == facts.Path || maybe.Contains(other.Identity))
            && !beside.Exists(device => Sameness.Compare(other.Facts, DeviceFacts.Of(device, host)).IsSame);
    }
}
