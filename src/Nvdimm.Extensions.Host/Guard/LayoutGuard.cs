using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>
/// Asks two independent witnesses, before a device is used, whether the planned layout is the one that it was used with: the ledger, and
/// the labels on the device itself. A wrong layout hides everything from the guest, and what the guest then writes destroys it.
/// </summary>
/// <param name="ledger">The ledger of the host.</param>
/// <param name="probe">The probe.</param>
public sealed class LayoutGuard(LayoutLedger ledger, LabelProbe probe)
{
    private static readonly HashSet<string> Acceptable = new(StringComparer.Ordinal)
    {
        NvdimmCodes.LayoutMoved,
        NvdimmCodes.LayoutChanged,
        NvdimmCodes.LayoutForeign,
        NvdimmCodes.LayoutUuidChanged,
        NvdimmCodes.LayoutAmbiguous,
        NvdimmCodes.LayoutResized,
        NvdimmCodes.LayoutUnreadable,
        NvdimmCodes.LayoutLabelsMissing,
        NvdimmCodes.LayoutLabelsDamaged,
        NvdimmCodes.LayoutCutsNamespaces,
    };

    /// <summary>How many places a device usually has; more are no harm.</summary>
    private const int UsualPlaces = 200;

    /// <summary>From the gravest to the lightest.</summary>
    private static readonly LayoutGuardVerdict[] ByGravity =
        [LayoutGuardVerdict.Foreign, LayoutGuardVerdict.Ambiguous, LayoutGuardVerdict.Moved, LayoutGuardVerdict.Resized, LayoutGuardVerdict.Unknown];

    /// <summary>Whether an administrator can accept a finding. What is wrong with the ledger itself cannot be accepted, only mended.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is null.</exception>
    public static bool IsAcceptable(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Acceptable.Contains(finding.Code);
    }

    /// <summary>
    /// Gathers the evidence and judges it. Labels are looked for wherever a strategy could have had them put on a device of the planned or
    /// the recorded size, with any alignment and with libvirt's rounding or without it: a second set of them means that the guest's data
    /// may be gone. Some 150 reads, however large the device is. Where the ledger has no layout of the device, the labels are the only
    /// witness, and every place is looked at, as with <paramref name="isDeep"/>. Reads only; what cannot be read is in the result. A dax device with bad
    /// blocks is not read, since that would end the process.
    /// </summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <param name="planned">The layout that it is to be used with (<see cref="DeviceLayout.Of"/>).</param>
    /// <param name="isDeep">
    /// Whether to look at every other place in any case (<see cref="LabelPlace.Everywhere"/>), where only a size that no strategy asks for can have
    /// put labels: one read for each 2 MiB, seconds for a TiB.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The device has no path, or the label area is above <see cref="LabelProbe.MaximumLabelSize"/>.</exception>
    public LayoutCheck Check(NvdimmDevice device, DeviceLayout planned, bool isDeep = false) => Check(device, planned, Find, isDeep);

    /// <summary>The same with records that were read already.</summary>
    internal LayoutCheck Check(NvdimmDevice device, DeviceLayout planned, Func<DeviceIdentity, LayoutRecordResult> find, bool isDeep = false)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(planned);
        var path = device.Path ?? throw new ArgumentException($"{device.Name} has no device file", nameof(device));
        var identity = DeviceIdentity.Of(device);
        var recorded = find(identity);
        var survey = device is { IsDevdax: true, BadBlockCount: > 0 }
            ? LabelSurvey.Unreadable(path, $"it is a dax device with {device.BadBlockCount} bad blocks")
            : probe.Survey(path, Places(planned, recorded.Record?.Layout, isDeep || recorded.Record?.Layout is null));
        return Judge(new LayoutEvidence(identity, device.Name, planned, recorded, survey));
    }

    /// <summary>The candidates, and around the end of the device what nobody may have thought of.</summary>
    private static IEnumerable<LabelPlace> Places(DeviceLayout planned, DeviceLayout? recorded, bool isDeep)
    {
        var likely = new HashSet<LabelPlace>(UsualPlaces);
        foreach (var place in LayoutCandidates.Places(planned, recorded))
        {
            if (place.Size <= LabelProbe.MaximumLabelSize || place.Size == planned.LabelSize)
            {
                likely.Add(place);
            }
        }

        likely.UnionWith(LabelPlace.NearEnd(planned.DeviceSize, planned.LabelSize));
        if (recorded is not null && (recorded.DeviceSize, recorded.LabelSize) != (planned.DeviceSize, planned.LabelSize))
        {
            likely.UnionWith(LabelPlace.NearEnd(recorded.DeviceSize, recorded.LabelSize));
        }

        return isDeep ? likely.Concat(LabelPlace.Everywhere(planned.DeviceSize, planned.LabelSize).Where(place => !likely.Contains(place))) : likely;
    }

    /// <summary>Judges the evidence. Without labels the ledger alone decides; without record, the labels.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="evidence"/> is null.</exception>
    public static LayoutCheck Judge(LayoutEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        List<(LayoutGuardVerdict Verdict, Finding Finding)> heard = [.. LedgerWitness.Hear(evidence), .. LabelWitness.Hear(evidence)];
        var isKnown = evidence.Recorded.Record?.Layout is not null || evidence.Survey.Found.Count > 0;
        var gravest = Array.FindIndex(ByGravity, verdict => heard.Exists(heard => heard.Verdict == verdict));
        var verdict = gravest >= 0 ? ByGravity[gravest] : isKnown ? LayoutGuardVerdict.Same : LayoutGuardVerdict.FirstUse;
        return new LayoutCheck(verdict, heard.Select(heard => heard.Finding).Distinct().ToValueList(), evidence);
    }

    internal LayoutRecordResult Find(DeviceIdentity identity)
    {
        try
        {
            return ledger.Find(identity);
        }
        catch (LayoutLedgerException failure)
        {
            return new LayoutRecordResult(Record: null, [Finding.Error(NvdimmCodes.LedgerUnreadable, ("reason", failure.Message))]);
        }
    }
}
