using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>A running domain, compared with the record: every figure, and every word that is said of it.</summary>
public sealed class StartConfirmationTests
{
    /// <summary>The backend of <see cref="Samples.Layout"/>, which is what libvirt shows in a running domain.</summary>
    private const long Backend = 386 * RowNames.MiB;

    private static readonly RowDomain Live = new() { Target = Backend };

    [Test]
    public void SameFigures_AreNoDifference() => AssertSaid(Live);

    /// <summary>If libvirt shows no alignment, it is the recorded one; no label size is 0.</summary>
    [Test]
    public void AlignmentThatIsNotShown_IsTheRecordedOne() => AssertSaid(Live with { Align = null });

    [Test]
    public void EachFigureThatDiffers_IsSaidInFull()
    {
        AssertSaid(
            Live with { Target = Backend + (2 * RowNames.MiB) },
            "NVDIMM_LAYOUT_CHANGED device=namespace0.0 what=the size that libvirt gave QEMU was 386 MiB (404750336), is 388 MiB (406847488) "
                + "recorded=404750336 planned=406847488");
        AssertSaid(
            Live with { Align = 16 * RowNames.MiB },
            "NVDIMM_LAYOUT_CHANGED device=namespace0.0 what=the alignment was 2 MiB (2097152), is 16 MiB (16777216) recorded=2097152 planned=16777216");
        AssertSaid(
            Live with { Label = 2 * RowNames.MiB },
            "NVDIMM_LAYOUT_CHANGED device=namespace0.0 what=the label size was 128 KiB (131072), is 2 MiB (2097152) recorded=131072 planned=2097152");
        AssertSaid(
            Live with { Label = null },
            "NVDIMM_LAYOUT_CHANGED device=namespace0.0 what=the label size was 128 KiB (131072), is 0 B (0) recorded=131072 planned=0");
        Assert.That(Said(Live with { Target = RowNames.GiB, Align = RowNames.GiB, Label = null }).Count(), Is.EqualTo(3));
    }

    [Test]
    public void NoRecord_OrOneWithoutLayout_MatchesNothing()
    {
        var live = Element(Live);
        foreach (var record in new[] { null, Record(Samples.Layout()) with { Layout = null } })
        {
            Assert.That(InFull(StartConfirmation.Differences(live, record)), Is.EqualTo(new[] { "NVDIMM_XML_UNMATCHED path=/dev/pmem0" }));
        }
    }

    /// <summary>A script that runs after the hook may have written another uuid.</summary>
    [Test]
    public void UuidOfAPowerGuest_MustBeTheRecordedOne()
    {
        var layout = Samples.PowerLayout(Samples.PowerUuid);
        var live = new RowDomain { Target = layout.BackendSize.Bytes, Align = layout.AlignSize.Bytes, Uuid = Samples.PowerUuid };
        string[] Of(Guid? uuid) => [.. InFull(StartConfirmation.Differences(Element(live with { Uuid = uuid }, GuestArchitecture.Ppc64Le), Record(layout)))];
        Assert.That(Of(Samples.PowerUuid), Is.Empty);
        Assert.That(
            Of(Samples.Uuid(7)),
            Is.EqualTo(new[] { $"NVDIMM_LAYOUT_UUID_CHANGED device=namespace0.0 recorded={Samples.PowerUuid} planned={Samples.Uuid(7)}" }));
        Assert.That(Of(null), Is.EqualTo(new[] { $"NVDIMM_LAYOUT_UUID_CHANGED device=namespace0.0 recorded={Samples.PowerUuid} planned=none" }));
    }

    private static NvdimmElement Element(RowDomain domain, GuestArchitecture? architecture = null) =>
        DomainNvdimms.Read(domain.Xml("/dev/pmem0", architecture ?? GuestArchitecture.X86_64)).Elements.Single();

    private static LayoutRecord Record(DeviceLayout layout) => new()
    {
        Identity = Samples.Identity(),
        Name = "namespace0.0",
        Path = "/dev/pmem0",
        FirstRecorded = DateTimeOffset.UnixEpoch,
        Layout = layout,
    };

    private static IEnumerable<Finding> Said(RowDomain live) => StartConfirmation.Differences(Element(live), Record(Samples.Layout()));

    private static IEnumerable<string> InFull(IEnumerable<Finding> findings) => findings.Select(finding => finding.InFull());

    private static void AssertSaid(RowDomain live, params string[] expected) => Assert.That(InFull(Said(live)), Is.EqualTo(expected));
}
