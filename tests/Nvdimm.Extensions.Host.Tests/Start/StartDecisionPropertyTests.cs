using CsCheck;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;
using static Nvdimm.Extensions.Host.Tests.Start.RowNames;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What holds for every decision: for the rows of the table, and for random devices, domains, records and labels.</summary>
public sealed class StartDecisionPropertyTests
{
    private static readonly Gen<long?> Aligns = Gen.OneOf<long?>(null, 4 * KiB, 64 * KiB, 2 * MiB, 16 * MiB, 128 * MiB, GiB);
    private static readonly Gen<long> LabelSizes = Gen.OneOf(128 * KiB, 256 * KiB, 2 * MiB, 16 * MiB);

    private static readonly Gen<StartRow> Random =
        from isPower in Gen.Bool
        from device in Gen.Long[2, 2048]
        from target in Gen.Long[1, 2048 * 1024]
        from align in Aligns
        from label in Gen.OneOf<long?>(null, 128 * KiB, 256 * KiB, 2 * MiB)
        from uuid in Gen.OneOf<Guid?>(null, OfDomain, Derived)
        from record in Gen.Select(Gen.Bool, Gen.Long[1, 1024], Aligns, LabelSizes)
        from labels in Gen.Select(Gen.Long[1, 1024], LabelSizes, Gen.Int[1, 2], Gen.OneOf(OfDomain, Derived, Stranger)).List[0, 2]
        from keep in Gen.Enum<KeepFrom>()
        select Made(isPower, device, new RowDomain { Target = target * KiB, Align = align, Label = label, Uuid = isPower ? uuid : null }, record, labels, keep);

    /// <summary>Nothing depends on the order in which evidence was read.</summary>
    [Test]
    public void Decision_IsTheSameForEveryOrder() => Gen.Select(Gen.OneOf<StartRow>([.. StartRows.All.Select(row => row.Row)]), Gen.Int[0, 63]).Sample((row, order) =>
    {
        var evidence = row.Evidence();
        var (one, other) = (StartDecision.Decide(evidence, row.Policy), StartDecision.Decide(Shuffled(evidence, order), row.Policy));
        Assert.That(Answer(other), Is.EqualTo(Answer(one)), $"{row}");
    });

    /// <summary>Two NVDIMMs of one domain: neither is decided otherwise because it stands first.</summary>
    [Test]
    public void Domain_IsTheSameForEveryOrderOfElements() => Gen.Select(Random, Random).Sample((first, second) =>
    {
        var path = "/dev/pmem1";
        var other = second.On(device => device with { Path = path, Name = "namespace1.0" }) with { Architecture = first.Architecture };
        if (second.Architecture != first.Architecture || !first.Decide().IsAllowed || !other.Decide().IsAllowed)
        {
            return;
        }

        var (one, two) = (first.DomainXml, Memory(other.DomainXml));
        var mine = Memory(one);
        var forward = Written(one.Replace(mine, mine + two, StringComparison.Ordinal), [first.Decide(), other.Decide()]);
        var backward = Written(one.Replace(mine, two + mine, StringComparison.Ordinal), [other.Decide(), first.Decide()]);
        Assert.That(DomainNvdimms.Read(backward).Elements.Reverse(), Is.EqualTo(DomainNvdimms.Read(forward).Elements));
    });

    [Test]
    public void Start_OfARow_IsWhatQemuMakesOfTheDomain_AndASecondOneChangesNothing() => Assert.Multiple(() =>
    {
        foreach (var (_, row) in StartRows.All)
        {
            AssertStart(row);
        }
    });

    [Test]
    public void Start_OfAnything_IsWhatQemuMakesOfTheDomain_AndASecondOneChangesNothing()
    {
        var started = 0;
        Random.Sample(row => Interlocked.Add(ref started, AssertStart(row) ? 1 : 0), iter: 2000);
        Assert.That(started, Is.AtLeast(100), "the random rows reach starts");
    }

    /// <summary>Decides, writes the domain, reads it again, and decides again. Returns whether the row starts.</summary>
    private static bool AssertStart(StartRow row)
    {
        var decision = row.Decide();
        if (!decision.IsAllowed)
        {
            return false;
        }

        var use = decision.Use();
        var (written, _) = StartDomain.Write(Domain.Parse(row.DomainXml).Domain!, [decision]);
        Assert.That(written, Is.Not.Null, $"{row}");
        var element = DomainNvdimms.Read(written!).Elements.First(memory => memory.Path == row.Device.Path);
        var asked = AskedNvdimm.Of(element, row.Device, row.Architecture, DomainGuest.Read(written!).Guest!.Memory)!;
        Assert.That(asked.Sizing.Layout, Is.Not.Null, $"{row}: {written}");
        Assert.That(
            DeviceLayout.Of(asked.Sizing.Layout!, row.Architecture.Family == GuestFamily.Power ? element.Uuid : null) with { Strategy = use.Layout.Strategy }, Is.EqualTo(use.Layout), $"{row}: {written}");

        var again = StartDecision.Decide(decision.Evidence with { Asked = asked, Recorded = new LayoutRecordResult(Recorded(decision, use), []) }, row.Policy);
        Assert.That((again.Outcome, again.Layout?.LabelOffset, again.GuestUuid), Is.EqualTo((StartOutcome.AsAsked, decision.Layout?.LabelOffset, decision.GuestUuid)), $"{row}: {Said(again)}");
        var second = StartDomain.Write(written!, [again]);
        Assert.That((second.Domain, second.Findings.Count), Is.EqualTo((written, 0)), $"{row}");
        return true;
    }

    private static Domain Written(string domainXml, StartDecision[] decisions) =>
        StartDomain.Write(Domain.Parse(domainXml).Domain!, decisions).Domain!;

    private static LayoutRecord Recorded(StartDecision decision, LayoutUse use) =>
        (decision.Evidence.Recorded.Record ?? new LayoutRecord
        {
            Identity = use.Identity,
            Name = use.Name,
            Path = use.Path,
            FirstRecorded = DateTimeOffset.UnixEpoch,
        }).With(use);

    private static string Said(StartDecision decision) => string.Join('\n', decision.Refusals.Select(finding => finding.Message));

    private static string Memory(string xml)
    {
        const string End = "</memory>";
        var start = xml.IndexOf("<memory model", StringComparison.Ordinal);
        return xml[start..(xml.IndexOf(End, start, StringComparison.Ordinal) + End.Length)];
    }

    private static object Answer(StartDecision decision) => (
        decision.Outcome,
        string.Join(' ', decision.Findings.Select(finding => $"{finding.Severity} {finding.Code}").Distinct().Order(StringComparer.Ordinal)),
        decision.Layout?.LabelOffset,
        decision.Layout?.GuestSize,
        decision.GuestUuid,
        decision.KeptFrom,
        decision.Alternative?.Layout.LabelOffset);

    private static StartEvidence Shuffled(StartEvidence evidence, int order) => evidence with
    {
        Vm = evidence.Vm with { NumaNodes = Mixed(evidence.Vm.NumaNodes, order) },
        OtherRecords = Mixed(evidence.OtherRecords, order),
        Recorded = evidence.Recorded with
        {
            Record = evidence.Recorded.Record is { } record ? record with { Accepted = Mixed(record.Accepted, order) } : null,
            Findings = Mixed(evidence.Recorded.Findings, order),
        },
        Labels = evidence.Labels with { Found = Mixed(evidence.Labels.Found, order), Damaged = Mixed(evidence.Labels.Damaged, order) },
        Content = evidence.Content is { } content ? content with { Found = Mixed(content.Found, order) } : null,
        HostFindings = Mixed(evidence.HostFindings, order),
    };

    /// <summary>Turned and reversed: all orders of up to three.</summary>
    private static ValueList<T> Mixed<T>(ValueList<T> list, int order)
    {
        var turned = list.Skip(order / 2 % Math.Max(1, list.Count)).Concat(list.Take(order / 2 % Math.Max(1, list.Count)));
        return (order % 2 == 0 ? turned : turned.Reverse()).ToValueList();
    }

    private static StartRow Made(
        bool isPower, long mebibytes, RowDomain domain, (bool Is, long Target, long? Align, long Label) record, List<(long Offset, long Size, int Minor, Guid Uuid)> labels, KeepFrom keep)
    {
        var size = ByteSize.FromMiB(mebibytes);
        var row = new StartRow("random", "CsCheck") { Architecture = isPower ? GuestArchitecture.Ppc64 : GuestArchitecture.X86_64, Domain = domain }.Keeping(keep)
            .On(device => device with { Size = size }) with
        {
            Labels = labels.DistinctBy(found => found.Offset).Where(found => found.Offset * MiB < size.Bytes)
                .Select(found => RowLabels.At((found.Offset * MiB) - (isPower ? 0 : found.Size % (2 * MiB)), found.Size, found.Minor, Cookie(found.Uuid, found.Minor))).ToValueList(),
        };
        var recorded = new RowRecord { Target = record.Target * MiB, Align = record.Align ?? (4 * KiB), Label = record.Label, Uuid = isPower ? OfDomain : null };
        return record.Is && IsAllowed(recorded, row) ? row with { Record = recorded } : row;
    }

    private static bool IsAllowed(RowRecord record, StartRow row)
    {
        try
        {
            return record.Of(row).Layout is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
