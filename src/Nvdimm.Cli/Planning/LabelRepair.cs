using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Sysfs;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Planning;

/// <summary>Copies labels to the place of a larger layout, and takes that back.</summary>
internal sealed class LabelRepair(ToolEnvironment environment, string folder, bool isApplied)
{
    private const string Relocation = "relocate-labels";
    private const string Restoring = "restore-labels";

    private readonly DeviceGuard guard = new(environment, folder, isKept: false);
    private readonly ProcessUseReader useReader = new(new ExclusiveUseReader(new SysfsDeviceUseReader(environment.Root)), environment.Root);

    /// <summary>Copies the labels of a device to where the plan looks for them.</summary>
    public async Task<RepairOutcome> RelocateAsync(NdctlListing listing, PlanSubject subject, string name, CancellationToken cancellationToken)
    {
        var outcome = new RepairOutcome(Relocation, name);
        var guarded = await guard.CheckAsync(listing, subject, [name], cancellationToken).ConfigureAwait(false);
        if (guarded.Count != 1)
        {
            return outcome with { Reason = Unknown(listing, name) };
        }

        var device = guarded[0].Device;
        outcome = outcome with { Device = device.Name, Path = device.Path };
        if (guarded[0] is not { Check: { } check, Decision: { } decision })
        {
            return outcome with { Reason = guarded[0].NotChecked };
        }

        var refusals = decision.Findings
            .Where(finding => finding.Severity == Severity.Error)
            .Where(finding => GuardCodes.Find(finding.Code) is not { IsReasonToRelocate: true })
            .Distinct()
            .ToValueList();
        var (found, planned) = (check.Evidence.Survey.Found, check.Evidence.Planned);
        if (refusals.Count > 0 || found.Count != 1)
        {
            return outcome with { Findings = refusals, Reason = found.Count == 0 ? "there are no labels on it" : found.Count > 1 ? "there is more than one set of labels on it" : null };
        }

        // A copy of another size would begin in the right place and end in the wrong one.
        if (found[0].Area.Size != planned.LabelSize)
        {
            return outcome with { Reason = $"its label area has {found[0].Area.Size.Bytes} bytes, and {planned.LabelSize.Bytes} are planned: plan with the label size that it has" };
        }

        return found[0].Offset == planned.LabelOffset
            ? outcome with { NothingToDo = $"its labels are where they are planned, at {planned.LabelOffset.Bytes}" }
            : Relocate(device, found[0], planned, outcome);
    }

    /// <summary>Takes a copy back.</summary>
    public RepairOutcome Restore(NdctlListing listing, string backup)
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

        var device = devices[0];
        var restoration = new LabelRestoration(guard.Claims, useReader, environment.Root);
        outcome = outcome with { Device = device.Name, Path = device.Path, Backups = [backup] };
        return isApplied
            ? Claimed(device, outcome, claim => With(outcome, restoration.Run(device, backup, claim), isDone: true))
            : With(outcome, restoration.Plan(device, backup), isDone: false);
    }

    private RepairOutcome Relocate(NvdimmDevice device, FoundLabels labels, DeviceLayout planned, RepairOutcome outcome)
    {
        var relocation = new LabelRelocation(folder, guard.Claims, useReader, environment.Root);
        var plan = relocation.Plan(device, labels, planned.LabelOffset);
        var backup = Path.Combine(folder, "backups", $"{plan.Identity}.N.");
        outcome = outcome with
        {
            From = plan.From,
            To = plan.To,
            Size = plan.LabelSize,
            Findings = plan.Findings,
            Backups = [$"{backup}labels-at-{plan.From.Bytes}.bin", $"{backup}overwritten-at-{plan.To.Bytes}.bin"],
        };
        return isApplied && plan.IsPossible ? Claimed(device, outcome, claim => Run(relocation, plan, claim, outcome)) : outcome;
    }

    private static RepairOutcome Run(LabelRelocation relocation, LabelRelocationPlan plan, DeviceClaim claim, RepairOutcome outcome)
    {
        var result = relocation.Run(plan, claim);
        return result.IsDone
            ? outcome with { IsDone = true, Backups = [result.SourceBackup!, result.TargetBackup!] }
            : outcome with { Backups = [], Findings = result.Findings };
    }

    private static RepairOutcome With(RepairOutcome outcome, LabelRestorationPlan plan, bool isDone) =>
        outcome with { To = plan.Offset, Size = plan.Size, Findings = plan.Findings, IsDone = isDone && plan.IsPossible };

    /// <summary>Nobody else can claim the device while it is written, and no VM has it.</summary>
    private RepairOutcome Claimed(NvdimmDevice device, RepairOutcome outcome, Func<DeviceClaim, RepairOutcome> work)
    {
        var claimed = guard.Claims.TryClaim(DeviceIdentity.Of(device), device.Name, ClaimHolder.OfProcess("nvdimm repair", vmId: null, Environment.ProcessId));
        if (claimed.Claim is not { } claim)
        {
            return outcome with { Backups = [], Findings = claimed.Findings };
        }

        try
        {
            return work(claim);
        }
        finally
        {
            guard.Claims.Release(claim);
        }
    }

    private static string Unknown(NdctlListing listing, string name) => DeviceSelector.Matches(listing.Devices, name) is { Count: > 1 } matches
        ? $"it stands for more than one device: {string.Join(", ", matches.Select(match => match.Name))}"
        : "no device of this host is called so";
}
