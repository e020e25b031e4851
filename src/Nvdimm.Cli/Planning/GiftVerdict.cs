using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Cli.Planning;

/// <summary>What handing a device over decides beside its owner.</summary>
/// <param name="Distinct">The records that may be of this device, and are not: that is what is decided.</param>
/// <param name="Replaced">
/// The new owner's devices in whose place it has this one: it used them by this name or path, or this one may be one of them; and the host does not show them.
/// </param>
/// <param name="Refusals">Why it cannot be handed over: it may be the raw area of a recorded device, whose data is shifted there.</param>
internal sealed record GiftVerdict(ValueList<DeviceIdentity> Distinct, ValueList<DeviceIdentity> Replaced, ValueList<Finding> Refusals)
{
    /// <summary>Nothing beside the owner.</summary>
    public static GiftVerdict Nothing { get; } = new([], [], []);

    /// <summary>Judges. Pure.</summary>
    /// <param name="identity">The device.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="records">All records.</param>
    /// <param name="shown">The namespaces that the host shows.</param>
    /// <param name="host">The host (<see cref="LayoutLedger.Host"/>).</param>
    /// <param name="to">Whose it shall be; null to release it.</param>
    public static GiftVerdict Judge(
        DeviceIdentity identity, DeviceFacts facts, ValueList<LayoutRecord> records, ValueList<NvdimmDevice> shown, string host, DeviceOwner? to)
    {
        var own = records.FirstOrDefault(record => record.Identity == identity);
        var others = records.Where(record => record.Identity != identity).ToList();
        var maybe = others.Where(other => !Sameness.Compare(other.Facts, facts).IsOther).Select(other => other.Identity).ToValueList();
        var beside = shown.Where(device => device.Name != facts.Name).ToList();
        var identities = beside.Select(DeviceIdentity.Of).ToValueList();
        return new GiftVerdict(
            to is null ? [] : maybe,
            others.Where(IsReplaced).Select(other => other.Identity).ToValueList(),
            others
                .Where(other => other.MayHaveRawArea(facts, identities) && !other.IsOlderThan(own))
                .Where(other => facts.RawUuid is null || facts.RawUuid != other.Facts.Uuid)
                .Select(other => other.FellBack(facts.Name))
                .ToValueList());

        bool IsReplaced(LayoutRecord other) => to is not null
            && other.IsExpected && other.IsOf(host) && other.Owner!.Is(to.VmName, to.VmId)
            && (other.Name == facts.Name || other.Path == facts.Path || maybe.Contains(other.Identity))
            && !beside.Exists(device => Sameness.Compare(other.Facts, DeviceFacts.Of(device, host)).IsSame);
    }
}
