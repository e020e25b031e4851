using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>
/// One row of the table of the start decision: a host, a domain and a policy, and the right answer. Hook, tool and development engine are
/// asked with the same row (<see cref="IsForEveryFrontEnd"/>).
/// </summary>
/// <param name="Name">What the row is about.</param>
/// <param name="Source">Where it comes from: a row of issue 12 (F1 … D13), a field case, a file of facts or trials, or a chapter of the issue.</param>
internal sealed record StartRow(string Name, string Source)
{
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch;
    private static readonly StartPolicy Usual = new() { KeepFrom = KeepFrom.RecordThenLabels, UnverifiedHypervisor = UnverifiedReaction.Warn };

    public GuestArchitecture Architecture { get; init; } = GuestArchitecture.X86_64;

    public NvdimmDevice Device { get; init; } = new()
    {
        Name = "namespace0.0",
        Uuid = RowNames.Device,
        RawUuid = RowNames.Raw,
        Path = "/dev/pmem0",
        Mode = NamespaceMode.Fsdax,
        Size = ByteSize.FromBytes(RowNames.GiB),
        Align = Alignment.FromMiB(2),
        NumaNode = 0,
    };

    public RowDomain Domain { get; init; } = new();

    /// <summary>The record of the device; null for none.</summary>
    public RowRecord? Record { get; init; }

    public ValueList<RowLabels> Labels { get; init; } = [];

    /// <summary>What the device holds beside labels.</summary>
    public ValueList<FoundContent> Content { get; init; } = [];

    public RowAcceptance Accepted { get; init; }

    public StartPolicy Policy { get; init; } = Usual;

    /// <summary>What only evidence in memory can say; null for a row that a host of files can be made for.</summary>
    public Func<StartEvidence, StartEvidence>? Change { get; init; }

    public StartOutcome Outcome { get; init; }

    /// <summary>The codes that refuse: these, in any order, and no other.</summary>
    public ValueList<string> Refusals { get; init; } = [];

    /// <summary>The codes of all warnings: these, in any order, and no other.</summary>
    public ValueList<string> Warnings { get; init; } = [];

    public KeptSource? KeptFrom { get; init; }

    /// <summary>Where the labels are, in bytes, with the layout of the start; null where the start is refused.</summary>
    public long? LabelOffset { get; init; }

    /// <summary>What the guest gets, in bytes; null where the start is refused.</summary>
    public long? GuestSize { get; init; }

    /// <summary>The uuid that the POWER guest gets.</summary>
    public Guid? GuestUuid { get; init; }

    /// <summary>The label offset of the layout that a refusal advises; null where it advises none.</summary>
    public long? AdvisedOffset { get; init; }

    /// <summary>Whether a host of files can be made for it, with the policy that hook and development engine have.</summary>
    public bool IsForEveryFrontEnd => Change is null && Content.Count == 0 && Policy == Usual && Device.File is null && !Device.IsDevdax
        && Device.BadBlockCount == 0 && Device.Uuid == RowNames.Device && Domain.File is null && Domain.Pins is null && Record is not { IsVersion1: true };

    /// <summary>The row starts with the asked layout.</summary>
    public StartRow Starts(long offset, long guest, params string[] warnings) =>
        this with { Outcome = StartOutcome.AsAsked, LabelOffset = offset, GuestSize = guest, Warnings = [.. warnings] };

    /// <summary>The row starts with the layout of record or labels.</summary>
    public StartRow Keeps(KeptSource from, long offset, long guest, params string[] warnings) =>
        this with { Outcome = StartOutcome.Kept, KeptFrom = from, LabelOffset = offset, GuestSize = guest, Warnings = [.. warnings] };

    /// <summary>The row is refused.</summary>
    public StartRow Refuses(params string[] codes) => this with { Outcome = StartOutcome.Refused, Refusals = [.. codes] };

    /// <summary>The refusal advises another layout.</summary>
    public StartRow Advises(long offset) => this with { AdvisedOffset = offset, Warnings = [.. Warnings, NvdimmCodes.LayoutToWrite] };

    public StartRow Warns(params string[] codes) => this with { Warnings = [.. Warnings, .. codes] };

    public StartRow Keeping(KeepFrom from) => this with { Policy = Policy with { KeepFrom = from } };

    public StartRow On(Func<NvdimmDevice, NvdimmDevice> change) => this with { Device = change(Device) };

    public StartRow Asks(Func<RowDomain, RowDomain> change) => this with { Domain = change(Domain) };

    public StartRow Knows(Func<StartEvidence, StartEvidence> change) => this with { Change = change };

    /// <summary>What the host says, and no record or policy can change.</summary>
    public StartRow Hears(params Finding[] findings) => Knows(evidence => evidence with { HostFindings = [.. findings] });

    /// <summary>The domain with the device at its own path.</summary>
    public string DomainXml => Domain.Xml(Device.Path!, Architecture);

    /// <summary>The evidence, all in memory.</summary>
    public StartEvidence Evidence()
    {
        var evidence = Untouched();
        return Accepted == RowAcceptance.Nothing ? evidence : evidence with { Recorded = new LayoutRecordResult(WithAccepted(evidence), evidence.Recorded.Findings) };
    }

    /// <summary>What is accepted: findings of the guard, by name.</summary>
    public ValueList<Finding> AcceptedFindings(StartEvidence evidence) => StartDecision.Decide(evidence, Policy).Refusals
        .Select(finding => Accepted == RowAcceptance.WhatRefuses ? finding : Other(finding)).ToValueList();

    /// <summary>The decision.</summary>
    public StartDecision Decide() => StartDecision.Decide(Evidence(), Policy);

    public override string ToString() => $"{Name} [{Source}]";

    /// <summary>The evidence before anything is accepted.</summary>
    internal StartEvidence Untouched()
    {
        var guest = DomainGuest.Read(DomainXml).Guest!;
        var element = DomainNvdimms.Read(DomainXml).Elements.First(memory => memory.Path == Device.Path);
        var evidence = new StartEvidence
        {
            Vm = new StartVm(RowNames.Vm, RowNames.VmId) { NumaNodes = guest.NumaNodes },
            Device = Device,
            Asked = AskedNvdimm.Of(element, Device, Architecture, guest.Memory)!,
            Recorded = new LayoutRecordResult(Record?.Of(this), []),
            Labels = new LabelSurvey
            {
                Path = Device.Path!,
                DeviceSize = Device.Size,
                Found = Labels.Where(labels => !labels.IsDamaged).Select(Found).ToValueList(),
                UnreadableReason = null,
                Damaged = Labels.Where(labels => labels.IsDamaged).Select(labels => labels.Damage).ToValueList(),
            },
            Content = new ContentSurvey
            {
                Path = Device.Path!,
                DeviceSize = Device.Size,
                Found = Content,
                IsBlank = Content.Count == 0,
                UnreadableReason = null,
            },
            Use = DeviceUse.Free,
            Hypervisor = new FingerprintResult(FingerprintState.Verified, null),
        };
        return Change is null ? evidence : Change(evidence);
    }

    private static FoundLabels Found(RowLabels labels) => new(ByteSize.FromBytes(labels.Offset), labels.Area);

    private static Finding Other(Finding finding) => finding with
    {
        Arguments = finding.Arguments.Select(argument => argument.Name is "device" or "path" ? argument : argument with { Value = $"{argument.Value}0" }).ToValueList(),
    };

    private LayoutRecord WithAccepted(StartEvidence evidence) =>
        (evidence.Recorded.Record ?? new LayoutRecord
        {
            Identity = DeviceIdentity.Of(Device),
            Name = Device.Name,
            Path = Device.Path!,
            FirstRecorded = Time,
        }) with
        {
            Accepted = AcceptedFindings(evidence)
                .Select(finding => new AcceptedFinding
                {
                    Code = finding.Code,
                    Arguments = finding.Arguments.Where(argument => argument.Name is not ("device" or "path") && !IsProse(finding.Code, argument.Name)).ToValueList(),
                    At = Time,
                    By = "root",
                    Note = null,
                })
                .ToValueList(),
        };

    private static bool IsProse(string code, string argument) => GuardCodes.Find(code)?.TextArguments.Split(' ').Contains(argument, StringComparer.Ordinal) == true;
}
