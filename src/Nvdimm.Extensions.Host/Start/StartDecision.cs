using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// How a VM starts with one device: as asked, with the layout that the device has, or not at all. Hook, tool and development engine decide
/// nothing themselves; <c>LAYOUTS.md</c> has the rule.
/// </summary>
public sealed record StartDecision
{
    /// <summary>What it was decided by.</summary>
    public required StartEvidence Evidence { get; init; }

    /// <summary>What the VM does.</summary>
    public required StartOutcome Outcome { get; init => field = EnumArgument.Checked(value); }

    /// <summary>
    /// The layout that was judged last: the one to start with, or the one that is refused. Null where none was judged, because the asked sizes
    /// are refused and the device shows no layout to keep.
    /// </summary>
    public NvdimmLayout? Layout { get; init; }

    /// <summary>The uuid that a POWER guest gets with <see cref="Layout"/>; null on other architectures and without layout.</summary>
    public Guid? GuestUuid { get; init; }

    /// <summary>What record and device say of <see cref="Layout"/>; null without layout.</summary>
    public LayoutCheck? Check { get; init; }

    /// <summary>What <see cref="Layout"/> was read from; null where it is the asked one.</summary>
    public KeptSource? KeptFrom { get; init => field = EnumArgument.Checked(value); }

    /// <summary>
    /// The layout with which the device would start, where the policy does not let it be kept: what the domain has to say. Null where the start
    /// is allowed, and where there is none.
    /// </summary>
    public KeptNvdimmLayout? Alternative { get; init; }

    /// <summary>What the host says (<see cref="StartEvidence.HostFindings"/>), with the severity that the policy gives it.</summary>
    public ValueList<Finding> HostFindings { get; init; } = [];

    /// <summary>What was found beside <see cref="HostFindings"/> and <see cref="Check"/>: sizes, owner, NUMA node, access.</summary>
    public ValueList<Finding> OwnFindings { get; init; } = [];

    /// <summary>What the domain has to say for a start with <see cref="Alternative"/>.</summary>
    public ValueList<Finding> Advice { get; init; } = [];

    /// <summary>All that was found, each once: the host's, the decision's own, the check's, then the advice.</summary>
    public ValueList<Finding> Findings
    {
        get
        {
            // What the policy has made an error does not stand beside its own warning.
            var all = HostAndOwn.Concat(Check?.Findings ?? []).Concat(Advice).Distinct().ToList();
            return all.Where(finding => finding.Severity == Severity.Error || !all.Contains(finding with { Severity = Severity.Error })).ToValueList();
        }
    }

    /// <summary>The errors that nobody has accepted.</summary>
    public ValueList<Finding> Refusals =>
        HostAndOwn.Where(finding => finding.Severity == Severity.Error).Concat(Check?.Refusals ?? []).Distinct().ToValueList();

    /// <summary>Whether the VM may start with the device.</summary>
    public bool IsAllowed => Outcome != StartOutcome.Refused;

    /// <summary>Whether a layout was to be kept, and neither the ledger nor the device shows one.</summary>
    public bool HasNothingToKeep => KeptFrom is null && Evidence is { RecordedLayout: null, Labels: { IsReadable: true, Found.Count: 0 } };

    private IEnumerable<Finding> HostAndOwn => HostFindings.Concat(OwnFindings);

    /// <summary>Decides. The same evidence and policy always give the same decision.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static StartDecision Decide(StartEvidence evidence, StartPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(policy);
        return new StartDecider(evidence, policy).Decide();
    }

    /// <summary>The use to record when the VM starts, with labels and versions as they are now.</summary>
    /// <exception cref="InvalidOperationException">No layout was judged.</exception>
    public LayoutUse Use()
    {
        var layout = Check?.Evidence.Planned ?? throw new InvalidOperationException($"{Evidence.Device.Name} has no layout that could be recorded");
        var labels = Evidence.Labels.At(layout.LabelOffset)?.Area;
        var record = Evidence.Recorded.Record;
        var facts = Evidence.Facts;
        return new LayoutUse(Evidence.Identity, Evidence.Device.Name, Evidence.Labels.Path, layout)
        {
            Host = Evidence.Host,
            VmName = Evidence.Vm.Name,
            VmId = Evidence.Vm.Id,
            LabelHash = labels?.Sum is { } sum && sum == record?.LabelSum ? record.LabelHash : labels?.Hash,
            LabelSum = labels?.Sum,
            LabelSizes = Evidence.Labels.IsReadable ? Evidence.Labels.Found.Select(found => found.Area.Size).Distinct().ToValueList() : null,
            LabelUuids = facts.LabelUuids,
            RawUuid = facts.RawUuid,
            Mode = facts.Mode,
            InterleaveSet = facts.InterleaveSet,
            Dimms = facts.Dimms,
            ContentUuid = facts.ContentUuid,
            Hypervisor = Evidence.Hypervisor is { State: FingerprintState.Verified or FingerprintState.Drift, Fingerprint: { } known }
                ? string.Join(", ", known.Programs.Select(program => $"{program.Name} {program.Version}"))
                : null,
        };
    }
}
