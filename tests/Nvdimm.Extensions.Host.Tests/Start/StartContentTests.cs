using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Labels;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>When the content of a device speaks against a start (issue 12, C1 and 2a).</summary>
public sealed class StartContentTests
{
    private static readonly DeviceLayout Layout = Samples.Layout();
    private static readonly FoundContent Ext4 = new("ext4") { End = ByteSize.FromMiB(500) };

    /// <summary>Where labels can be read and the start of the device cannot, nobody knows what is there.</summary>
    [Test]
    public void ContentThatCannotBeRead_IsRefused() =>
        Assert.That(Refusals(Decide(ContentSurvey.Unreadable("/dev/pmem0", "read: Input/output error"))), Is.EqualTo([NvdimmCodes.LayoutUnreadable]));

    /// <summary>A guest that has only initialised its labels owns nothing of what is there; one with namespaces owns what is in them.</summary>
    [TestCase("x86-v1.1-initialised", true)]
    [TestCase(RealLabels.TwoNamespaces, false)]
    public void LabelsWithoutNamespace_DoNotHideContent(string labels, bool isRefused)
    {
        var area = LabelArea.Read(RealLabels.Read(labels))!;
        Assert.That(Refusals(Decide(Survey(Ext4), area)), isRefused ? Is.EqualTo([NvdimmCodes.ContentCut]) : Is.Empty);
    }

    /// <summary>What a guest has left is no reason against the layout that it had, be it asked for or kept.</summary>
    [Test]
    public void RecordedLayout_IsKept_WhateverTheGuestHasLeft()
    {
        var record = new LayoutRecord
        {
            Identity = Samples.Identity(),
            Name = "namespace0.0",
            Path = "/dev/pmem0",
            FirstRecorded = DateTimeOffset.UnixEpoch,
            Layout = Samples.Layout(alignMebibytes: 16),
            VmId = "1",
        };
        var damaged = Survey(FoundContent.Damaged("xfs", ContentDamage.Checksum));
        var policy = new StartPolicy { KeepFrom = KeepFrom.Record, Content = StartReaction.Refuse };
        var decision = Decide(damaged, labels: null, record, policy);
        Assert.That((decision.Outcome, string.Join(' ', Refusals(decision))), Is.EqualTo((StartOutcome.Kept, "")));
        Assert.That(Refusals(Decide(damaged, labels: null, record)), Is.EqualTo([NvdimmCodes.LayoutChanged, NvdimmCodes.ContentDamaged]));
    }

    private static IEnumerable<string> Refusals(StartDecision decision) => decision.Refusals.Select(finding => finding.Code);

    private static ContentSurvey Survey(FoundContent found) => new()
    {
        Path = "/dev/pmem0",
        DeviceSize = Layout.DeviceSize,
        Found = [found],
        IsBlank = false,
        UnreadableReason = null,
    };

    private static StartDecision Decide(ContentSurvey content, LabelArea? labels = null, LayoutRecord? record = null, StartPolicy? policy = null) => StartDecision.Decide(
        new StartEvidence
        {
            Vm = new StartVm("db", "1"),
            Device = Samples.Device(),
            Asked = Starting.Asked(Layout),
            Recorded = new LayoutRecordResult(record, []),
            Labels = new LabelSurvey
            {
                Path = "/dev/pmem0",
                DeviceSize = Layout.DeviceSize,
                Found = labels is null ? [] : [new FoundLabels(Layout.LabelOffset, labels)],
                UnreadableReason = null,
            },
            Content = content,
        },
        policy ?? new StartPolicy());
}
