using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>Makes the decision about one device. Pure: it uses evidence and policy only.</summary>
internal sealed class StartDecider(StartEvidence evidence, StartPolicy policy)
{
    private readonly GuestArchitecture architecture = evidence.Asked.Sizing.Request.Architecture;

    /// <summary>
    /// The findings about the owner. If there are any, no layout is advised: another VM's data is there, or a raw area shows labels at a
    /// shifted place.
    /// </summary>
    private readonly ValueList<Finding> owner = OwnershipWitness.FindingsOf(evidence).ToValueList();

    public StartDecision Decide()
    {
        var asked = evidence.Asked.Sizing.Layout is { } layout ? Check(layout, evidence.Asked.GuestUuid ?? ChosenUuid(), from: null) : null;
        if (asked is { Check.IsAllowed: true })
        {
            return Finish(asked, []);
        }

        if (Source is not { } source)
        {
            return Finish(asked, evidence.Asked.Sizing.Findings) with { Advice = owner.Count == 0 ? OfSeveralLabels() : [] };
        }

        var kept = Kept(source);
        var decision = kept.Layout is { } held ? Check(held, UuidFrom(source), source) : null;
        if (IsKept(source))
        {
            return decision is null ? Finish(asked, [.. evidence.Asked.Sizing.Findings, .. kept.Findings]) : Finish(decision, []);
        }

        return decision is { Check.IsAllowed: true, Layout: { } other } && owner.Count == 0
            ? Finish(asked, evidence.Asked.Sizing.Findings) with
            {
                Alternative = new KeptNvdimmLayout(other, decision.GuestUuid, source),
                Advice = [ToWrite(other, decision.GuestUuid)],
            }
            : Finish(asked, evidence.Asked.Sizing.Findings);
    }

    /// <summary>The advice with the elements that make the domain ask for the device's existing layout.</summary>
    private Finding ToWrite(NvdimmLayout layout, Guid? uuid) => Finding.Warning(
        NvdimmCodes.LayoutToWrite, ("device", evidence.Device.Name), ("elements", Elements(layout, uuid)));

    /// <summary>The advice for each of several sets of labels, of which only an administrator can know the current one.</summary>
    private ValueList<Finding> OfSeveralLabels()
    {
        var request = evidence.Asked.Sizing.Request;
        var advice = new List<Finding>();
        foreach (var labels in evidence.Labels.Found is { Count: > 1 } several ? several : [])
        {
            var kept = KeptLayout.At(request, labels, LayoutCandidates.For(request), evidence.Asked.Sizing.AlignSize);
            if (kept.Layout is { } layout)
            {
                advice.Add(Finding.Warning(
                    NvdimmCodes.LayoutOfLabels,
                    ("device", evidence.Device.Name),
                    ("offset", $"{labels.Offset.Bytes}"),
                    ("labels", labels.Area.Hash),
                    ("elements", Elements(layout, HasUuid ? UuidOf(labels) : null))));
            }
        }

        return advice.ToValueList();
    }

    private static string Elements(NvdimmLayout layout, Guid? uuid)
    {
        var label = layout.Request.LabelSize;
        return string.Concat(
            uuid is { } value ? $"<uuid>{value:D}</uuid> " : "",
            $"<alignsize unit='KiB'>{layout.AlignSize.Size.ToKiBExact()}</alignsize> ",
            $"<size unit='KiB'>{layout.TargetSize.ToKiBExact()}</size> ",
            label == ByteSize.Zero ? "and no <label>" : $"<label><size unit='KiB'>{label.ToKiBExact()}</size></label>");
    }

    /// <summary>The source of the device's existing layout; null if there is none, or if there are several sets of labels.</summary>
    private KeptSource? Source =>
        evidence.RecordedLayout is not null ? KeptSource.Record : evidence.Labels.Found is [_] ? KeptSource.Labels : null;

    private StartDecision Nothing => new() { Evidence = evidence, Outcome = StartOutcome.Refused };

    /// <summary>Completes a decision: adds the findings that do not depend on the layout, and sets the outcome.</summary>
    /// <param name="decided">The decision with the layout that was checked; null if none was.</param>
    /// <param name="findings">Why the asked sizes are refused, and why the existing layout cannot be kept.</param>
    private StartDecision Finish(StartDecision? decided, ValueList<Finding> findings)
    {
        var decision = (decided ?? Nothing) with
        {
            HostFindings = evidence.HostFindings.Select(Escalated).ToValueList(),
            OwnFindings =
            [
                .. decided?.OwnFindings ?? [],
                .. owner,
                .. evidence.Asked.Element is { } element ? ElementWitness.FindingsOf(evidence, element, policy) : [],
                .. decided?.Layout?.Warnings ?? [],
                .. DirtyShutdowns(),
                .. findings,
                .. Content(decided?.Check),
            ],
        };
        return decision with
        {
            Outcome = decision.Check is null || decision.Refusals.Count > 0 ? StartOutcome.Refused
                : decision.KeptFrom is null ? StartOutcome.AsAsked : StartOutcome.Kept,
        };
    }

    /// <summary>The warning that the device lost power since its last use.</summary>
    private IEnumerable<Finding> DirtyShutdowns() =>
        evidence is { Recorded.Record.DirtyShutdowns: { } recorded, Device.DirtyShutdowns: { } now } && now > recorded
            ? [Finding.Warning(
                NvdimmCodes.DirtyShutdown, ("device", evidence.Device.Name), ("recorded", $"{recorded}"), ("now", $"{now}"))]
            : [];

    private Finding Escalated(Finding finding) =>
        (finding.Code, policy.UnverifiedHypervisor)
            is (NvdimmCodes.HypervisorNotVerified, UnverifiedReaction.Refuse or UnverifiedReaction.Known)
            or (NvdimmCodes.HypervisorKnown, UnverifiedReaction.Refuse)
            ? finding with { Severity = Severity.Error }
            : finding;

    /// <summary>The refusals for content that fits, if the policy asks for them and no administrator has accepted the content.</summary>
    private IEnumerable<Finding> Content(LayoutCheckResult? check) => policy.Content == StartReaction.Refuse && check is not null
        ? check.Findings
            .Where(finding => finding.Code == NvdimmCodes.ContentFound && evidence.Recorded.Record?.Accepts(finding) != true)
            .Select(finding => finding with { Severity = Severity.Error })
        : [];

    private StartDecision Check(NvdimmLayout layout, Guid? uuid, KeptSource? from)
    {
        var decision = Nothing with { Layout = layout, GuestUuid = uuid, KeptFrom = from };
        return HasUuid && uuid is null
            ? decision with { OwnFindings = [Finding.Error(NvdimmCodes.NoStableGuestUuid, ("device", evidence.Device.Name))] }
            : decision with { Check = LayoutGuard.Check(evidence.For(DeviceLayout.Of(layout, uuid))) };
    }

    private bool HasUuid => architecture.Family is { HasUuid: true };

    private bool IsKept(KeptSource source) => !evidence.Asked.IsVirtioPmem
        && (policy.KeepFrom == KeepFrom.RecordThenLabels || (policy.KeepFrom == KeepFrom.Record && source == KeptSource.Record));

    private KeptLayout Kept(KeptSource source)
    {
        var request = evidence.Asked.Sizing.Request;
        return source == KeptSource.Record ? KeptLayout.Of(request, evidence.RecordedLayout!) : KeptLayout.At(
            request, evidence.Labels.Found[0], LayoutCandidates.For(request), evidence.Asked.Sizing.AlignSize);
    }

    private Guid? UuidFrom(KeptSource source) => !HasUuid ? null
        : source == KeptSource.Record ? evidence.RecordedLayout!.GuestUuid ?? Derived() : UuidOf(evidence.Labels.Found[0]);

    /// <summary>
    /// The uuid if the domain has none: the one that the guest had by record or labels, else the one derived from the device's. libvirt
    /// would generate a new one, which hides the guest's namespaces.
    /// </summary>
    private Guid? ChosenUuid() => !HasUuid ? null : Source is { } source ? UuidFrom(source) : Derived();

    /// <summary>
    /// The uuid with which a POWER guest recognises these labels: the domain's if its cookie is that of the labels, else the derived one
    /// with the cookie of the labels.
    /// </summary>
    private Guid? UuidOf(FoundLabels labels) =>
        evidence.Asked.GuestUuid is { } asked && LabelCookie.Restore(asked, labels.Area) == asked ? asked
        : Derived() is { } derived ? LabelCookie.Restore(derived, labels.Area) : null;

    private Guid? Derived() => HasUuid && evidence.Device.Uuid is { } uuid && uuid != Guid.Empty ? GuestUuid.For(uuid) : null;
}
