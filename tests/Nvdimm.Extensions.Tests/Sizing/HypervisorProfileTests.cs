using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>The rows of the table of versions.</summary>
public sealed class HypervisorProfileTests
{
    private static readonly LibvirtProfile Newest = HypervisorProfile.Newest.Libvirt;

    [TestCase("7.0", false, false, false)]
    [TestCase("9.0.0", false, false, false)]
    [TestCase("9.5.0", true, false, false)]
    [TestCase("9.6.0", true, true, false)]
    [TestCase("9.7.0", true, true, false)]
    [TestCase("9.8.0", true, true, true)]
    [TestCase("12.9.0", true, true, true)]
    public void Libvirt_OfAVersion_HasItsChanges(string version, bool isSlotForDimmsOnly, bool makesOwnCell, bool comparesRanges)
    {
        var row = LibvirtProfile.For(Version.Parse(version))!;
        Assert.That((row.IsSlotForDimmsOnly, row.MakesOwnCell, row.ComparesRanges), Is.EqualTo((isSlotForDimmsOnly, makesOwnCell, comparesRanges)));
    }

    [TestCase("5.2.0", false)]
    [TestCase("6.0.1", false)]
    [TestCase("6.1.0", true)]
    [TestCase("11.1.3", true)]
    public void Qemu_OfAVersion_HasItsChanges(string version, bool hasReserve) =>
        Assert.That(QemuProfile.For(Version.Parse(version))?.HasReserve, Is.EqualTo(hasReserve));

    [Test]
    public void Rows_AreInOrder()
    {
        Assert.That(LibvirtProfile.Rows.Select(row => row.Since), Is.Ordered.Ascending.And.Unique);
        Assert.That(QemuProfile.Rows.Select(row => row.Since), Is.Ordered.Ascending.And.Unique);
        Assert.That(LibvirtProfile.Proven.Concat(QemuProfile.Proven).All(version => version.Minor >= 0), Is.True);
    }

    [Test]
    public void For_OlderThanEveryRow_IsNull()
    {
        Assert.That(HypervisorProfile.For(new Version(6, 9), new Version(7, 2)), Is.Null);
        Assert.That(HypervisorProfile.For(new Version(9, 0), new Version(5, 1)), Is.Null);
        Assert.That(HypervisorProfile.For(new Version(9, 0), new Version(7, 2))?.Name, Is.EqualTo("libvirt from 7.0, QEMU from 6.1"));
    }

    [TestCase("7.0.0", "7.2.0", "libvirt 7.0.0 is between 7.0 and 9.0, QEMU 7.2.0 between 7.2 and 10.0")]
    [TestCase("10.0.0", "8.2.10", "libvirt 10.0.0 is between 9.0 and 11.3, QEMU 8.2.10 between 7.2 and 10.0")]
    [TestCase("12.8.0", "11.2.0", "libvirt 12.8.0 is 12.8 or a later version 12, QEMU 11.2.0 11.1 or a later version 11")]
    [TestCase("6.9.0", "7.2.0", null)]
    [TestCase("13.0.0", "11.1.0", null)]
    [TestCase("9.0.0", "12.0.0", null)]
    public void Near_NamesTheVersionsAround(string libvirt, string qemu, string? rows) =>
        Assert.That(HypervisorProfile.Near(Version.Parse(libvirt), Version.Parse(qemu)), Is.EqualTo(rows));

    /// <summary>Every version rounds alike today, so that a device has one layout whatever the host has.</summary>
    [Test]
    public void Size_OfAnUnknownPair_IsThatOfEveryPair()
    {
        var request = new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(1025)) { Align = Alignment.FromKiB(4) };
        var unknown = NvdimmSizer.Size(request);
        foreach (var row in LibvirtProfile.Rows)
        {
            var known = NvdimmSizer.Size(request with { Profile = new HypervisorProfile(row, HypervisorProfile.Newest.Qemu) });
            Assert.That((known.Layout?.LabelOffset, known.Layout?.GuestSize), Is.EqualTo((unknown.Layout?.LabelOffset, unknown.Layout?.GuestSize)));
        }
    }

    /// <summary>A label of 129 KiB on POWER: measured, QEMU 7.2 maps the last page whole, and 10.0 refuses.</summary>
    [TestCase("7.2.0", null)]
    [TestCase("10.0.0", Severity.Error)]
    [TestCase(null, Severity.Warning)]
    public void Keep_OfABackendThatIsNoMultipleOfAPage_DependsOnQemu(string? qemu, Severity? severity)
    {
        var request = new SizingRequest(GuestArchitecture.Ppc64, ByteSize.FromMiB(300))
        {
            LabelSize = ByteSize.FromKiB(129),
            Profile = qemu is null ? null : HypervisorProfile.For(new Version(9, 0), Version.Parse(qemu)),
        };
        var kept = NvdimmSizer.Keep(request, ByteSize.FromKiB((256 * 1024) + 129), alignSize: null);
        Assert.That(kept.Findings.Select(finding => (finding.Code, finding.Severity)), Is.EqualTo(
            severity is { } known ? new[] { (NvdimmCodes.BackendNotPages, known) } : []));
        Assert.That(kept.IsRefused, Is.EqualTo(severity == Severity.Error));
    }

    /// <summary>A libvirt that rounds to 1 MiB moves the label of 896.125 MiB: without the host's version there is no layout then.</summary>
    [Test]
    public void Size_WhereTheOldestAndTheNewestDiffer_IsRefused()
    {
        var other = Newest with { ModuleBlock = Alignment.FromMiB(1) };
        var request = new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(1025)) { Align = Alignment.FromKiB(4) };
        var sized = NvdimmSizer.SizeBetween(request, Newest, other);
        Assert.That((sized.Layout, sized.BackendSize), Is.EqualTo((default(NvdimmLayout), default(ByteSize?))));
        Assert.That(sized.Codes, Does.Contain(NvdimmCodes.VersionsDiffer));
        var kept = NvdimmSizer.KeepBetween(request, ByteSize.FromKiB(917632), Alignment.FromKiB(4), Newest, other);
        Assert.That((kept.IsRefused, kept.Codes.Contains(NvdimmCodes.VersionsDiffer)), Is.EqualTo((true, true)));
        Assert.That(NvdimmSizer.SizeBetween(request with { Align = Alignment.FromMiB(2) }, Newest, other).Codes, Is.Empty);
    }
}
