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
    /// Gathers the evidence and judges it. Where the ledger has a layout of the device, labels are looked for wherever a strategy could have had them
    /// put, and near the end (<see cref="LabelSearchScope.Known"/>): a second set of them means that the guest's data may be gone. Where it has none,
    /// the labels are the only witness, and everything is looked at. Reads only; what cannot be read is in the result.
    /// </summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <param name="planned">The layout that it is to be used with (<see cref="DeviceLayout.Of"/>).</param>
    /// <param name="isDeep">Whether to look everywhere in any case, where only a size that no strategy asks for can have put labels: seconds for a TiB.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The device has no path.</exception>
    public LayoutCheck Check(NvdimmDevice device, DeviceLayout planned, bool isDeep = false) => Check(device, planned, Find, isDeep);

    /// <summary>The same with records that were read already.</summary>
    internal LayoutCheck Check(NvdimmDevice device, DeviceLayout planned, Func<DeviceIdentity, LayoutRecordResult> find, bool isDeep = false)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(planned);
        var identity = DeviceIdentity.Of(device);
        var recorded = find(identity);
        var search = LabelSearch.For(planned, recorded.Record?.Layout);
        var survey = probe.Survey(device, isDeep ? search with { Scope = LabelSearchScope.Everywhere } : search);
        return Judge(new LayoutEvidence(identity, device.Name, planned, recorded, survey));
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
