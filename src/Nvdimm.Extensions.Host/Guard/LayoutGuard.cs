using Nvdimm.Extensions.Host.Content;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>
/// Hears three witnesses, before a device is used, whether the planned layout is the one that it was used with: the ledger, the labels on the
/// device, and what else the device holds. A wrong layout hides everything from the guest, and what the guest then writes destroys it.
/// </summary>
public static class LayoutGuard
{
    /// <summary>Judges the evidence. Without labels the ledger alone decides; without record, the labels.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="evidence"/> is null.</exception>
    public static LayoutCheck Judge(LayoutEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        List<Finding> heard = [.. LedgerWitness.Hear(evidence), .. LabelWitness.Hear(evidence), .. Content(evidence)];
        var isKnown = evidence.Recorded.Record?.Layout is not null || evidence.Survey.Found.Count > 0;
        var verdict = GuardCodes.MostSevere(heard) ?? (isKnown ? LayoutGuardVerdict.Same : LayoutGuardVerdict.FirstUse);
        return new LayoutCheck(verdict, heard.Distinct().ToValueList(), evidence);
    }

    /// <summary>
    /// Labels at their place say where the guest's namespaces end; what is inside of these is the guest's. Without them, content that could not be
    /// read refuses like labels that could not be: it may be what the layout would cut.
    /// </summary>
    private static ValueList<Finding> Content(LayoutEvidence evidence) => evidence switch
    {
        { Content: null } => [],
        { Planned: var layout } when evidence.Survey.At(layout.LabelOffset) is not null => [],
        { Content: { UnreadableReason: { } reason } content } => evidence.Survey.IsReadable
            ? [Finding.Error(NvdimmCodes.LayoutUnreadable, ("device", evidence.Name), ("path", content.Path), ("reason", reason))]
            : [],
        { Content: var content, Planned: var layout } => ContentWitness.Hear(evidence.Name, content, layout.GuestSize, layout.LabelOffset, layout.LabelSize),
    };
}
