using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>Whether the ledger says that the device is somebody else's.</summary>
internal static class OwnershipWitness
{
    public static IEnumerable<Finding> Hear(StartEvidence evidence) => LastUser(evidence).Concat(FellBack(evidence));

    /// <summary>
    /// Refuses a device that another VM had last, even if that VM does not run now: after renumbering, or with a copy of a VM, its data would be lost.
    /// </summary>
    private static IEnumerable<Finding> LastUser(StartEvidence evidence)
    {
        var (vm, device) = (evidence.Vm, evidence.Device);
        return vm.Id is not null
            && evidence.Recorded.Record is { Layout: not null, VmId: { } other } record
            && !vm.Is(other)
            && !record.AreSharing((vm.Name, vm.Id), (record.VmName, other))
            && !(device.Uuid is { } uuid && vm.Handed.Contains(uuid))
            ? [Finding.Error(NvdimmCodes.UsedByOtherVm, ("device", device.Name), ("otherVm", $"{record.VmName ?? other}, which had it last,"))]
            : [];
    }

    /// <summary>
    /// A namespace whose superblock was not read, or whose driver is not bound, shows its raw area: larger, with the raw uuid or none, its data
    /// shifted. No VM may start with a device that may be the raw area of a recorded one, unless the device itself was used later than that.
    /// </summary>
    private static IEnumerable<Finding> FellBack(StartEvidence evidence)
    {
        var device = evidence.Device;
        var used = evidence.Recorded.Record is { Layout: not null, LastUsed: { } own } ? own : DateTimeOffset.MinValue;
        return evidence.OtherRecords.Where(record => record.Layout is not null && !(record.LastUsed < used) && IsRawAreaOf(device, record)).Take(1)
            .Select(record => Finding.Error(
                NvdimmCodes.FellBackToRaw,
                ("device", device.Name),
                ("recorded", record.Identity.Key),
                ("vm", record.VmName ?? record.VmId ?? "a VM"),
                ("path", record.Path)));
    }

    private static bool IsRawAreaOf(NvdimmDevice device, LayoutRecord record)
    {
        if (record.Identity.Kind is not (DeviceIdentityKind.Uuid or DeviceIdentityKind.RawUuid))
        {
            return false;
        }

        // The uuids decide. The kernel name counts only if one of them is missing: earlier versions of the format have no raw uuid.
        var uuid = device.Uuid == Guid.Empty ? null : device.Uuid;
        return (uuid, record.RawUuid ?? record.Identity.RawUuid) switch
        {
            ({ } shown, { } raw) => shown == raw,
            ({ }, null) => device.Mode == NamespaceMode.Raw && device.Name == record.Name,
            (null, { } raw) when device.RawUuid is { } own && own != Guid.Empty => own == raw,
            _ => device.Name == record.Name,
        };
    }
}
