using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>Copies labels to the place of a larger layout, and undoes that. It decides by the record, as a start does.</summary>
internal sealed class LabelRepair(ToolEnvironment environment, RepairRequest request)
{
    /// <summary>The word for undoing a copy.</summary>
    public const string Restoring = "restore-labels";

    private const string Relocation = "relocate-labels";

    private readonly DeviceGuard guard = new(environment, request.Folder, isKept: false);

    /// <summary>The guest's architecture for a device: the record's; without a record, the host's.</summary>
    public GuestArchitecture ArchitectureOf(NdctlListing listing, string name) => Known(listing, name).Architecture;

    /// <summary>Copies the labels of a device to where the plan looks for them.</summary>
    public async Task<RepairOutcome> RelocateAsync(
        NdctlListing listing, PlanSubject subject, string name, CancellationToken cancellationToken)
    {
        var outcome = new RepairOutcome(Relocation, name);
        var guarded = await guard.CheckAsync(listing, subject, [name], cancellationToken).ConfigureAwait(false);
        if (guarded.Count != 1)
        {
            return outcome with { Reason = Unknown(listing, name) };
        }

        var device = guarded[0].Device;
        outcome = outcome with { Device = device.Name, Path = device.Path };
        if (Architecture(listing, subject, device) is { } other)
        {
            return outcome with { Findings = [other] };
        }

        if (guarded[0] is not { Check: { } check, Decision: { } decision })
        {
            return outcome with { Reason = guarded[0].NotChecked };
        }

        var (planned, present) = (check.Evidence.Planned, check.Evidence.Survey.At(check.Evidence.Planned.LabelOffset));
        var (labels, reason) = Chosen(check.Evidence.Survey);
        var refusals = decision.Refusals
            .Where(finding => GuardCodes.Find(finding.Code) is not { IsReasonToRelocate: true })
            .Where(finding => !(labels is not null && finding.Code is NvdimmCodes.LayoutAmbiguous))
            .ToList();
        if (refusals.Count > 0 || labels is null)
        {
            return outcome with { Findings = refusals.ToValueList(), Reason = reason, Next = RestoreCommands(device) };
        }

        // A copy of another size would begin in the right place and end in the wrong one.
        if (labels.Area.Size != planned.LabelSize)
        {
            return outcome with
            {
                Reason = $"its label area has {labels.Area.Size.Bytes} bytes, and {planned.LabelSize.Bytes} are planned: plan with the "
                    + "label size that it has",
            };
        }

        if (labels == present)
        {
            return outcome with
            {
                NothingToDo = $"its labels are where they are planned, at {planned.LabelOffset.Bytes}",
                Next = NextSteps.BeforeStart(guarded[0], request.Words).ToValueList(),
            };
        }

        var ofTheRecord = Recorded(device.Name, check.Evidence.Recorded.Record, labels);
        if (ofTheRecord.Any(finding => finding.Severity == Severity.Error))
        {
            return outcome with { Findings = ofTheRecord, Next = [.. RestoreCommands(device), .. Named(name, labels)] };
        }

        var relocated = Relocate(device, labels, planned, check.Evidence.Recorded, outcome with { Findings = ofTheRecord });
        if (!relocated.IsDone)
        {
            return relocated.IsAllowed ? relocated with { Next = [Again("--relocate-labels", name, request.Words)] } : relocated;
        }

        var undo = NextSteps.Command(["repair", "--restore-labels", relocated.Backups[1], .. request.FolderWords, "--apply"]);
        relocated = relocated with { Undo = undo };
        return await WithNextAsync(relocated, request.Words, async () =>
        {
            var after = await guard.CheckAsync(listing, subject, [name], cancellationToken).ConfigureAwait(false);
            return NextSteps.BeforeStart(after[0], request.Words).ToValueList();
        }).ConfigureAwait(false);
    }

    /// <summary>Undoes a copy.</summary>
    public async Task<RepairOutcome> RestoreAsync(NdctlListing listing, string backup, CancellationToken cancellationToken)
    {
        var outcome = new RepairOutcome(Restoring, backup);
        if (LabelRestoration.IdentityOf(backup) is not { } identity)
        {
            return outcome with { Reason = "it is not called as a backup of labels is" };
        }

        var devices = listing.Devices.Where(device => device.Path is not null && DeviceIdentity.Of(device) == identity).ToList();
        if (devices.Count != 1)
        {
            return outcome with { Reason = $"this host has {(devices.Count == 0 ? "no device" : "several devices")} {identity}" };
        }

        // The host's refusals of a start and the owner of the device count here; the layout does not.
        var device = devices[0];
        var subject = PlanSubjects.Assumed(ArchitectureOf(listing, device.Name));
        var keeping = new DeviceGuard(environment, request.Folder, isKept: true);
        outcome = outcome with { Device = device.Name, Path = device.Path };
        var before = (await keeping.CheckAsync(listing, subject, [device.Name], cancellationToken).ConfigureAwait(false))[0].Decision;
        var refusals = (before?.HostFindings ?? []).Concat(before?.OwnFindings ?? [])
            .Where(finding => finding.Severity == Severity.Error && IsOfDevice(finding.Code))
            .Distinct()
            .ToValueList();
        if (refusals.Count > 0)
        {
            return outcome with { Findings = refusals };
        }

        var restoration = guard.Restoration;
        outcome = request.IsApplied
            ? Claimed(device, outcome, claim => With(outcome, restoration.Run(device, backup, claim, request.Named), isApplied: true))
            : With(outcome, restoration.Plan(device, backup, request.Named), isApplied: false);
        if (outcome is { IsAllowed: true, IsDone: false, NothingToDo: null })
        {
            return outcome with { Next = [Again("--restore-labels", backup, request.FolderWords)] };
        }

        var guest = subject.Vm!.Architecture;
        ValueList<string> keep =
            [.. guest.Family != GuestFamily.X86 ? new[] { "--arch", guest.Name } : [], "--keep-layout", .. request.FolderWords];
        return await WithNextAsync(outcome, keep, async () =>
        {
            var named = outcome.IsDone ? [] : Naming(device, backup, restoration).ToList();
            var after = (await keeping.CheckAsync(listing, subject, [device.Name], cancellationToken).ConfigureAwait(false))[0];
            return named.Count > 0 ? named.ToValueList()
                : outcome.IsAllowed ? NextSteps.BeforeStart(after, keep).ToValueList()
                : RestoreCommands(device);
        }).ConfigureAwait(false);
    }

    /// <summary>
    /// Adds the next steps. If labels were written and the next steps cannot be found, the outcome stays as it is and also reports that.
    /// </summary>
    private static async Task<RepairOutcome> WithNextAsync(
        RepairOutcome outcome, ValueList<string> words, Func<Task<ValueList<string>>> next)
    {
        try
        {
            return outcome with { Next = await next().ConfigureAwait(false) };
        }
        catch (Exception failure) when (outcome.IsDone && failure is LayoutLedgerException or IOException or UnauthorizedAccessException)
        {
            return outcome with
            {
                Findings = [.. outcome.Findings, Finding.Warning(NvdimmCodes.LedgerUnreadable, ("reason", failure.Message))],
                Next = [NextSteps.Command(["layout", "check", "--device", outcome.Device, .. words])],
            };
        }
    }

    /// <summary>The labels to copy, or why none are: the named ones, else the only ones.</summary>
    private (FoundLabels? Found, string? Reason) Chosen(LabelSurvey survey)
    {
        var named = survey.Found.Where(labels => LabelArea.IsNamed(labels.Area.Hash, request.Named)).ToList();
        return (survey.Found.Count, named) switch
        {
            (0, _) => (null, "there are no labels on it"),
            (_, [var one]) => (one, null),
            (_, [_, ..]) when named.TrueForAll(labels => labels.Area == named[0].Area) => (named[^1], null),
            (_, [_, ..]) => (null, $"'{request.Named}' names more than one of its labels"),
            (1, _) => request.Named is null ? (survey.Found[0], null) : (null, $"it has no labels '{request.Named}'"),
            _ => request.Named is null
                ? (null, "there is more than one set of labels on it; name one: "
                    + string.Join(" or ", survey.Found.Select(Choice).Distinct(StringComparer.Ordinal)))
                : (null, $"it has no labels '{request.Named}'"),
        };
    }

    private static string Choice(FoundLabels labels) => $"--labels {labels.Area.Hash[..LabelArea.ShortestName]}";

    /// <summary>A finding for labels that differ from the record: an error if they were not named, a warning if they were.</summary>
    private ValueList<Finding> Recorded(string device, LayoutRecord? record, FoundLabels labels)
    {
        if (record is not { Layout: { } layout } || record.LabelHash == labels.Area.Hash)
        {
            return [];
        }

        var finding = Finding.Error(
            NvdimmCodes.RelocationNotRecorded,
            ("device", device),
            ("offset", $"{labels.Offset.Bytes}"),
            ("labels", labels.Area.Hash),
            ("recorded", record.LabelHash ?? "none"),
            ("home", $"{layout.LabelOffset.Bytes}"));
        return [LabelArea.IsNamed(labels.Area.Hash, request.Named) ? finding with { Severity = Severity.Warning } : finding];
    }

    private Finding? Architecture(NdctlListing listing, PlanSubject subject, NvdimmDevice device)
    {
        var (known, isRecorded) = Known(listing, device.Name);
        var asked = subject.Vm!.Architecture;
        return asked == known || (asked.Family is { } family && family == known.Family)
            ? null
            : Finding.Error(
                NvdimmCodes.RelocationArchitecture,
                ("device", device.Name),
                ("known", known.Name),
                ("source", isRecorded ? "its record" : "this host"),
                ("asked", asked.Name));
    }

    private (GuestArchitecture Architecture, bool IsRecorded) Known(NdctlListing listing, string name) =>
        DeviceSelector.Matches(listing.Devices, name) is [var device]
            && guard.Ledger.Find(DeviceIdentity.Of(device)).Record?.Layout is { } layout
            ? (layout.Architecture, true)
            : (environment.Architecture, false);

    /// <summary>
    /// The codes that refuse every write to a device: another device under its name, its raw area, or a user of the device.
    /// </summary>
    private static bool IsOfDevice(string code) =>
        code is NvdimmCodes.IdentityChanged or NvdimmCodes.FellBackToRaw or NvdimmCodes.UsedByOtherVm
        or NvdimmCodes.ClaimHeld or NvdimmCodes.ClaimDamaged or NvdimmCodes.HostUseUnknown or NvdimmCodes.InUseByHost
        or NvdimmCodes.ReadOnly
        or NvdimmCodes.LedgerDamaged or NvdimmCodes.LedgerNewer or NvdimmCodes.LedgerUnreadable;

    private RepairOutcome Relocate(
        NvdimmDevice device, FoundLabels labels, DeviceLayout planned, LayoutRecordResult recorded, RepairOutcome outcome)
    {
        var relocation = guard.Relocation;
        var plan = relocation.Plan(device, labels, planned.LabelOffset);
        var backup = Path.Combine(request.Folder, "backups", $"{plan.Identity}.N.");
        var earlier = outcome.Findings;
        outcome = outcome with
        {
            Labels = labels.Area.Hash,
            From = plan.From,
            To = plan.To,
            Size = plan.LabelSize,
            OverwritesData = plan.OverwritesData,
            Findings = [.. earlier, .. plan.Findings],
            Backups = [$"{backup}labels-at-{plan.From.Bytes}.bin", $"{backup}overwritten-at-{plan.To.Bytes}.bin"],
        };
        return request.IsApplied && plan.IsAllowed
            ? Claimed(device, outcome, claim => guard.Ledger.Find(plan.Identity).Record == recorded.Record
                ? Run(relocation, plan, claim, outcome)
                : outcome with { Backups = [], Reason = "its record has changed meanwhile; run it again" })
            : outcome;
    }

    private static RepairOutcome Run(LabelRelocation relocation, LabelRelocationPlan plan, DeviceClaim claim, RepairOutcome outcome)
    {
        var result = relocation.Run(plan, claim);
        return result.IsDone
            ? outcome with { IsDone = true, Backups = [result.SourceBackup!, result.TargetBackup!] }
            : outcome with { Backups = [], Findings = result.Findings };
    }

    private static RepairOutcome With(RepairOutcome outcome, LabelRestorationPlan plan, bool isApplied) => outcome with
    {
        Labels = plan.LabelsTo is null ? null : plan.Labels,
        To = plan.LabelsTo,
        OverwrittenTo = plan.OverwrittenTo,
        Size = plan.Size,
        Findings = plan.Findings,
        Backups = [plan.Backup, .. plan.Saved],
        NothingToDo = plan.IsNothing ? "everything is as it was before the labels were copied" : null,
        IsDone = isApplied && plan is { IsAllowed: true, IsNothing: false },
    };

    /// <summary>Runs the work with a claim: nobody else can claim the device while it is written, and no VM has it.</summary>
    private RepairOutcome Claimed(NvdimmDevice device, RepairOutcome outcome, Func<DeviceClaim, RepairOutcome> work)
    {
        var claimed = guard.Claims.TryClaim(
            DeviceIdentity.Of(device), device.Name, ClaimHolder.OfProcess("nvdimm repair", vmId: null, Environment.ProcessId));
        if (claimed.Claim is not { } claim)
        {
            return outcome with { Backups = [], Findings = claimed.Findings };
        }

        RepairOutcome done;
        try
        {
            done = work(claim);
        }
        catch
        {
            _ = Release(claim, device.Name);
            throw;
        }

        return Release(claim, device.Name) is { } kept ? done with { Findings = [.. done.Findings, kept] } : done;
    }

    /// <summary>Releases a claim. A failure must not hide what was done; the claim ends with this process anyway.</summary>
    private Finding? Release(DeviceClaim claim, string device)
    {
        try
        {
            guard.Claims.Release(claim);
            return null;
        }
        catch (LayoutLedgerException failure)
        {
            return Finding.Warning(NvdimmCodes.ClaimNotReleased, ("device", device), ("reason", failure.Message));
        }
    }

    private ValueList<string> RestoreCommands(NvdimmDevice device) =>
        NextSteps.RestoreCommands(device, guard.Restoration, request.FolderWords).ToValueList();

    private IEnumerable<string> Named(string name, FoundLabels labels) => request.Named is null
        ? [NextSteps.Command(["repair", "--relocate-labels", name, .. request.Words, "--labels", labels.Area.Hash, "--apply"])]
        : [];

    /// <summary>The same command with the backup's labels named, if only that writes them back.</summary>
    private IEnumerable<string> Naming(NvdimmDevice device, string backup, LabelRestoration restoration) =>
        request.Named is null && restoration.Plan(device, backup) is { IsLabelled: false, Labels: { } labels }
            && restoration.Plan(device, backup, labels) is { IsAllowed: true, LabelsTo: not null }
            ? [NextSteps.Command(["repair", "--restore-labels", backup, .. request.FolderWords, "--labels", labels, "--apply"])]
            : [];

    private string Again(string option, string name, ValueList<string> words) =>
        NextSteps.Command(
            ["repair", option, name, .. words, .. request.Named is { } labels ? ["--labels", labels] : Array.Empty<string>(), "--apply"]);

    private static string Unknown(NdctlListing listing, string name) =>
        DeviceSelector.Matches(listing.Devices, name) is { Count: > 1 } matches
        ? $"it stands for more than one device: {string.Join(", ", matches.Select(match => match.Name))}"
        : "no device of this host is called so";
}
