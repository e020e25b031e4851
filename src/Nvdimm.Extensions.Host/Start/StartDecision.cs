using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// How a VM starts with one device: as asked, with the device's existing layout, or not at all. Hook, tool and development engine decide
/// nothing themselves; <c>LAYOUTS.md</c> has the rule.
/// </summary>
public sealed record StartDecision
{
    /// <summary>The evidence for the decision.</summary>
    public required StartEvidence Evidence { get; init; }

    /// <summary>The outcome for the VM.</summary>
    public required StartOutcome Outcome { get; init => field = EnumArgument.Checked(value, last: StartOutcome.Kept); }

    /// <summary>
    /// The layout that was checked last: the one to start with, or the refused one. Null if none was checked, because the asked sizes are
    /// refused and the device shows no layout to keep.
    /// </summary>
    public NvdimmLayout? Layout { get; init; }

    /// <summary>The uuid that a POWER guest gets with <see cref="Layout"/>; null on other architectures and without a layout.</summary>
    public Guid? GuestUuid { get; init; }

    /// <summary>The guard's check of <see cref="Layout"/>; null without a layout.</summary>
    public LayoutCheckResult? Check { get; init; }

    /// <summary>The source of <see cref="Layout"/>; null if it is the asked one.</summary>
    public KeptSource? KeptFrom { get; init => field = EnumArgument.Checked(value, last: KeptSource.Labels); }

    /// <summary>
    /// The layout with which the device would start if the policy allowed keeping it: what the domain must ask for. Null if the start is
    /// allowed, or if there is no such layout.
    /// </summary>
    public KeptNvdimmLayout? Alternative { get; init; }

    /// <summary>
    /// The findings about the host (<see cref="StartEvidence.HostFindings"/>), with the severity that the policy gives them.
    /// </summary>
    public ValueList<Finding> HostFindings { get; init; } = [];

    /// <summary>The findings besides <see cref="HostFindings"/> and <see cref="Check"/>: sizes, owner, NUMA node, access.</summary>
    public ValueList<Finding> OwnFindings { get; init; } = [];

    /// <summary>What to write into the domain for a start with <see cref="Alternative"/>.</summary>
    public ValueList<Finding> Advice { get; init; } = [];

    /// <summary>All findings, each once: of the host, of the decision, of the check, then the advice.</summary>
    public ValueList<Finding> Findings
    {
        get
        {
            // If the policy has made a warning an error, the warning is left out.
            var all = HostAndOwn.Concat(Check?.Findings ?? []).Concat(Advice).Distinct().ToList();
            return all.Where(finding => finding.Severity == Severity.Error || !all.Contains(finding with { Severity = Severity.Error }))
                .ToValueList();
        }
    }

    /// <summary>The errors that no administrator has accepted.</summary>
    public ValueList<Finding> Refusals =>
        HostAndOwn.Where(finding => finding.Severity == Severity.Error).Concat(Check?.Refusals ?? []).Distinct().ToValueList();

    /// <summary>Whether the VM may start with the device.</summary>
    public bool IsAllowed => Outcome != StartOutcome.Refused;

    /// <summary>Whether a layout should have been kept, and neither the ledger nor the device has one.</summary>
    public bool HasNothingToKeep => KeptFrom is null && Evidence is { RecordedLayout: null, Labels: { IsReadable: true, Found.Count: 0 } };

    private IEnumerable<Finding> HostAndOwn => HostFindings.Concat(OwnFindings);

    /// <summary>Makes the decision. The same evidence and policy always give the same decision.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static StartDecision Decide(StartEvidence evidence, StartPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(policy);
        return new StartDecider(evidence, policy).Decide();
    }

    /// <summary>The use to record when the VM starts, with the present labels and versions.</summary>
    /// <exception cref="InvalidOperationException">No layout was checked.</exception>
    public LayoutUse Use()
    {
        var layout = Check?.Evidence.Planned
            ?? throw new InvalidOperationException($"{Evidence.Device.Name} has no layout that could be recorded");
        var labels = Evidence.Labels.At(layout.LabelOffset)?.Area;
        var record = Evidence.Recorded.Record;
        var facts = Evidence.Facts;
        return new LayoutUse
        {
            Identity = Evidence.Identity,
            Name = Evidence.Device.Name,
            Path = Evidence.Labels.Path,
            Layout = layout,
            Host = Evidence.Host,
            VmName = Evidence.Vm.Name,
            VmId = Evidence.Vm.Id,
            LabelHash = labels?.Sum is { } sum && sum == record?.LabelSum ? record.LabelHash : labels?.Hash,
            LabelSum = labels?.Sum,
            LabelSizes = Evidence.Labels.IsReadable
                    ? Evidence.Labels.Found.Select(labels => labels.Area.Size).Distinct().ToValueList()
                    : null,
            LabelUuids = facts.LabelUuids,
            RawUuid = facts.RawUuid,
            Mode = facts.Mode,
            InterleaveSet = facts.InterleaveSet,
            Dimms = facts.Dimms,
            DirtyShutdowns = Evidence.Device.DirtyShutdowns,
            ContentUuid = facts.ContentUuid,
            Hypervisor = Evidence.Hypervisor is { State: FingerprintState.Verified or FingerprintState.Drift, Fingerprint: { } known }
                    ? string.Join(", ", known.Programs.Select(program => $"{program.Name} {program.Version}"))
                    : null,
        };
    }
}

/// <summary>The outcome of a start decision.</summary>
public enum StartOutcome
{
    /// <summary>The VM does not start.</summary>
    Refused,

    /// <summary>The VM starts with the asked layout.</summary>
    AsAsked,

    /// <summary>The VM starts with the device's existing layout, which differs from the asked one.</summary>
    Kept,
}
