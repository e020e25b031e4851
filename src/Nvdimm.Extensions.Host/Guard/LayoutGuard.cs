using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Verdicts;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>
/// Checks, before a device is used, whether the planned layout is the one that it was used with. There are three witnesses: the ledger, the
/// labels on the device, and its other content. A wrong layout hides all data from the guest, and what the guest then writes destroys it.
/// </summary>
internal static class LayoutGuard
{
    /// <summary>Checks the evidence. Without labels the ledger alone decides; without a record, the labels.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="evidence"/> is null.</exception>
    public static LayoutCheckResult Check(LayoutEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        List<Finding> findings = [.. LedgerWitness.FindingsOf(evidence), .. LabelWitness.FindingsOf(evidence), .. Content(evidence)];
        var isKnown = evidence.Recorded.Record?.Layout is not null || evidence.Survey.Found.Count > 0;
        var verdict = GuardCodes.MostSevere(findings) ?? (isKnown ? GuardVerdict.Same : GuardVerdict.FirstUse);
        return new LayoutCheckResult(verdict, findings.Distinct().ToValueList(), evidence);
    }

    /// <summary>
    /// The findings about the content. Labels at their place tell where the guest's namespaces are, so the content inside them is the
    /// guest's. The same holds if the guest had the device with the planned sizes before. Labels without a namespace tell nothing.
    /// </summary>
    private static ValueList<Finding> Content(LayoutEvidence evidence) =>
        evidence is { Content: { } content, Planned: { } layout }
        && !(evidence.Recorded.Record?.Layout is { } recorded && recorded.BackendSize == layout.BackendSize
            && recorded.GuestSize == layout.GuestSize)
        && evidence.Survey.At(layout.LabelOffset) is not { Area.Labels.Count: > 0 }
            ? ContentWitness.FindingsOf(evidence.Name, content, layout.GuestSize, layout.LabelOffset, layout.LabelSize)
            : [];
}
