using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// Checks whether the device belongs to the VM, by comparing the ledger with the known facts of the device (<see cref="Sameness"/>). A
/// device of another VM is refused, whether that VM runs or not. A device whose owner cannot be determined is refused to everybody but the
/// likely owner.
/// </summary>
internal static class OwnershipWitness
{
    public static IEnumerable<Finding> FindingsOf(StartEvidence evidence)
    {
        var facts = evidence.Facts;
        return
        [
            .. evidence.SameIdentityNames.Select(twin => Finding.Error(
                NvdimmCodes.IdentityTwice, ("device", evidence.Device.Name), ("other", twin), ("identity", evidence.Identity.Key))),
            .. evidence.Recorded.Record is { } itsRecord ? OfItsRecord(evidence, itsRecord, Sameness.Compare(itsRecord.Facts, facts)) : [],
            .. evidence.OtherRecords.Where(other => other.Layout is not null || other.Owner is not null)
                .SelectMany(other => OfAnother(evidence, other, facts)),
        ];
    }

    /// <summary>Findings from the record with the device's identity.</summary>
    private static IEnumerable<Finding> OfItsRecord(StartEvidence evidence, LayoutRecord record, Sameness sameness)
    {
        if (sameness.IsOther)
        {
            return [Finding.Error(
                NvdimmCodes.IdentityChanged,
                ("device", evidence.Device.Name),
                ("attachedUuid", record.InterleaveSet ?? record.Identity.Key),
                ("uuid", evidence.Device.InterleaveSet ?? "none"))];
        }

        var moved = record.Host is { } host && evidence.Host is { } here && host != here ? record.OfOtherHost() : null;
        return
        [
            .. moved is null ? Array.Empty<Finding>() : [moved],
            .. IsOthers(evidence.Vm, record)
                ? [Finding.Error(
                    NvdimmCodes.UsedByOtherVm,
                    ("device", evidence.Device.Name),
                    ("otherVm", $"{record.Owner}, whose device it is ({Give(evidence)} hands it over),"))]
                : Array.Empty<Finding>(),
        ];
    }

    /// <summary>Findings from a record with another identity, which may still be of this device.</summary>
    private static IEnumerable<Finding> OfAnother(StartEvidence evidence, LayoutRecord record, DeviceFacts facts)
    {
        var sameness = Sameness.Compare(record.Facts, facts);
        if (sameness.IsOther || record.DistinctFrom.Contains(evidence.Identity)
            || evidence.Recorded.Record?.DistinctFrom.Contains(record.Identity) == true)
        {
            return [];
        }

        var isRawArea = record.MayHaveRawArea(facts, evidence.OtherDevices);
        var isMadeOnIt = record.MayBeRawAreaOf(facts);
        var isByNameOnly = sameness.IsRawArea && !isRawArea && !isMadeOnIt
            && !sameness.Agreeing.Any(fact => fact is DeviceFact.Labels or DeviceFact.Content);
        if (isByNameOnly || ((isRawArea || isMadeOnIt) && record.IsOlderThan(evidence.Recorded.Record)))
        {
            return [];
        }

        var uncertain = Uncertain(evidence, record, sameness);
        // A namespace whose superblock was not read, or whose driver is not bound, shows its raw area: larger, with the raw uuid or none,
        // and with shifted data. Nobody may start with it, not even the owner.
        if (isRawArea)
        {
            var isMadeAnew = evidence.Device.RawUuid is { } raw && raw == record.Facts.Uuid;
            return [isMadeAnew ? uncertain : record.ShiftedDataFinding(evidence.Device.Name)];
        }

        return record.Owner is { } owner && evidence.Vm.Owns(owner) && !isMadeOnIt
            ? [uncertain with { Severity = Severity.Warning }]
            : [uncertain];
    }

    private static Finding Uncertain(StartEvidence evidence, LayoutRecord record, Sameness sameness) => Finding.Error(
        NvdimmCodes.IdentityUncertain,
        ("device", evidence.Device.Name),
        ("recorded", record.Identity.Key),
        ("owner", record.Owner?.ToString() ?? "nobody"),
        ("agrees", Sameness.InWords(sameness.Agreeing)),
        ("differs", Sameness.InWords(sameness.Differing)),
        ("resolve", Resolve(evidence, record)));

    /// <summary>The commands that decide. None of them makes the refused VM the owner of another VM's device.</summary>
    private static string Resolve(StartEvidence evidence, LayoutRecord record)
    {
        var isAnother = $"If it is another device, which the VM shall have: {Give(evidence)}.";
        if (record.MayBeRawAreaOf(evidence.Facts))
        {
            return "It was recorded without uuid, and has one now: a namespace was made on it, and what was on it before is at another "
                + "place in it. "
                + $"If nobody needs that any more: {Give(evidence)}.";
        }

        return record.Owner is not { } owner
            ? $"{isAnother} If it is that device, and nobody needs what is on it: 'nvdimm layout forget {record.Identity} --yes'."
            : evidence.Vm.Owns(owner) ? $"If the VM shall have it: {Give(evidence)}."
            : $"{isAnother} If it is that device: 'nvdimm layout give {evidence.Device.Name} --to {owner.VmId ?? owner.VmName}'.";
    }

    private static bool IsOthers(StartVm vm, LayoutRecord record) => !vm.IsUnknown
        && record.Owner is { } owner
        && !vm.Owns(owner)
        && !record.AreSharing((vm.Name, vm.Id), (owner.VmName, owner.VmId));

    private static string Give(StartEvidence evidence) =>
        $"'nvdimm layout give {evidence.Device.Name} --to {evidence.Vm.Id ?? evidence.Vm.Name ?? "VM"}'";
}
