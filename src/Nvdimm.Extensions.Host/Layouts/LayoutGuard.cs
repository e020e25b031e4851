using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;

namespace Nvdimm.Extensions.Host.Layouts;

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
    };

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
    /// Gathers the evidence and judges it. Every place is looked at and not only the likely ones, since a second set of labels, from a
    /// start with any other size, means that the guest's data may be gone: one read for each 2 MiB. Reads only; what cannot be read is in
    /// the result. A dax device with bad blocks is not read, since that would end the process.
    /// </summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <param name="planned">The layout that it is to be used with (<see cref="DeviceLayout.Of"/>).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The device has no path, or the label area is above <see cref="LabelProbe.MaximumLabelSize"/>.</exception>
    public LayoutCheck Check(NvdimmDevice device, DeviceLayout planned)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(planned);
        var path = device.Path ?? throw new ArgumentException($"{device.Name} has no device file", nameof(device));
        var identity = DeviceIdentity.Of(device);
        var recorded = Find(identity);
        var likely = LayoutCandidates.For(planned, recorded.Record?.Layout).Select(candidate => candidate.Place)
            .Where(place => place.Size <= LabelProbe.MaximumLabelSize || place.Size == planned.LabelSize);
        var survey = device is { IsDevdax: true, BadBlockCount: > 0 }
            ? LabelSurvey.Unreadable(path, $"it is a dax device with {device.BadBlockCount} bad blocks")
            : probe.Survey(path, likely.Concat(LabelPlace.Everywhere(planned.DeviceSize, planned.LabelSize)));
        return Judge(new LayoutEvidence(identity, device.Name, planned, recorded, survey));
    }

    /// <summary>Judges the evidence. Without labels the ledger alone decides; without record, the labels.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="evidence"/> is null.</exception>
    public static LayoutCheck Judge(LayoutEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var heard = LedgerWitness.Hear(evidence).Concat(LabelWitness.Hear(evidence)).ToList();
        var isKnown = evidence.Recorded.Record?.Layout is not null || evidence.Survey.Found.Count > 0;
        var verdict = ByGravity.Cast<LayoutGuardVerdict?>().FirstOrDefault(verdict => heard.Exists(heard => heard.Verdict == verdict))
            ?? (isKnown ? LayoutGuardVerdict.Same : LayoutGuardVerdict.FirstUse);
        return new LayoutCheck(verdict, heard.Select(heard => heard.Finding).Distinct().ToValueList(), evidence);
    }

    private LayoutRecordResult Find(DeviceIdentity identity)
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
