using CsCheck;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>Reports for new devices; that they lead the engine's formula there is tested with the hooks, by a second formula.</summary>
public sealed class EngineReportTests
{
    private static readonly Gen<SizingRequest> Requests = Gen.Select(
        Gen.OneOf(GuestArchitecture.X86_64, GuestArchitecture.Ppc64Le),
        Gen.OneOf(Gen.Long[1, 512 << 8], Gen.Long[1, 40L << 18]).Select(pages => ByteSize.FromBytes(pages * 4096)),
        Gen.OneOf<long?>(null, 3, 4096, 65536, 2 << 20, 16 << 20, 128 << 20, 256 << 20, 1 << 30),
        Gen.Bool,
        (architecture, size, align, isDevdax) =>
            new SizingRequest(architecture, size) { Align = align is { } bytes ? Alignment.FromBytes(bytes) : null, IsDevdax = isDevdax });

    /// <summary>The device's own alignment is too coarse for it, and need not be taken where it is mapped by pages.</summary>
    [TestCase(256, 128)]
    [TestCase(384, 256)]
    [TestCase(1024, 896)]
    [TestCase(1025, 896)]
    [TestCase(1026, 1024)]
    public void BlockDevice_WithTooCoarseAnAlignment_GetsAFinerOne(long mebibytes, long guestMebibytes)
    {
        var request = new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(mebibytes)) { Align = Alignment.FromMiB(1024) };
        Assert.That(NvdimmSizer.Size(request).IsRefused, Is.True);
        var report = EngineReport.For(request)!;
        Assert.That((report.Align, report.Layout.GuestSize), Is.EqualTo(((Alignment?)Alignment.FromMiB(2), ByteSize.FromMiB(guestMebibytes))));
        Assert.That(EngineReport.For(request with { IsDevdax = true }), Is.Null);
    }

    /// <summary>
    /// Where several alignments give the guest the same, the device's own goes first, then the finest: an own one that is no power of two works
    /// nowhere, and 2 MiB and the hot-plug block give the same.
    /// </summary>
    [TestCase("x86_64", 16, 16)]
    [TestCase("x86_64", 48, 2)]
    [TestCase("ppc64le", 16, 16)]
    [TestCase("ppc64le", 48, 2)]
    public void OfEqualReports_TheDevicesOwnAlignmentGoesFirst_ThenTheFinest(string architecture, long alignMiB, long reportedMiB)
    {
        var request = new SizingRequest(GuestArchitecture.FromName(architecture), ByteSize.FromMiB(1153)) { Align = Alignment.FromMiB(alignMiB) };
        Assert.That(EngineReport.For(request)?.Align, Is.EqualTo(Alignment.FromMiB(reportedMiB)));
    }

    /// <summary>One hot-plug block and the label, which x86 rounds up to 2 MiB.</summary>
    [TestCase("x86_64", 130 << 10)]
    [TestCase("ppc64le", (256 << 10) + 128)]
    public void BlockDevice_FromTheSmallestLayoutOn_HasAReport(string architecture, long smallestKibibytes) =>
        Requests.Where(request => !request.IsDevdax && request.Architecture == GuestArchitecture.FromName(architecture)).Sample(request =>
            EngineReport.For(request) is null == request.DeviceSize < ByteSize.FromKiB(smallestKibibytes));

    [Test]
    public void Report_StartsWithoutAnyFinding_AndKeepsTheAlignmentOfADaxDevice() => Requests.Sample(request => EngineReport.For(request) is not { } report
        || (report.Layout.Warnings.Count == 0 && report.Layout.BackendSize <= request.DeviceSize
            && (!request.IsDevdax || report.Align >= request.Align)));

    [Test]
    public void Report_IsTheDevicesOwn_WhereThatWorks() => Requests.Sample(request =>
        NvdimmSizer.Size(request).Verdict != LayoutVerdict.Ok || EngineReport.For(request) is { IsUnchanged: true });

    /// <summary>The size and the alignment that the engine's formula turns into the layout that a device has; null where none does.</summary>
    [TestCase(1024, 2L, 898, 2, 1024L, 2L, true, TestName = "Keeping: the engine's own layout")]
    [TestCase(1026, 2L, 1026, 2, 1152L, 2L, false, TestName = "Keeping: a layout of the strategy largest")]
    [TestCase(1024, null, 1024, 128, 1024L, null, true, TestName = "Keeping: a device without alignment")]
    [TestCase(1024, null, 898, 2, 1024L, 2L, false, TestName = "Keeping: a device that has lost its alignment")]
    [TestCase(1024, 128L, 898, 2, 1024L, 2L, false, TestName = "Keeping: a device with another alignment now")]
    [TestCase(1024, 2L, 1024, 2, null, null, false, TestName = "Keeping: a size that the formula never gives")]
    [TestCase(512, 2L, 898, 2, null, null, false, TestName = "Keeping: a device that is too small now")]
    public void Keeping(long mebibytes, long? align, long targetMebibytes, long keptAlign, long? reported, long? reportedAlign, bool isUnchanged)
    {
        var request = new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(mebibytes)) { Align = align is { } own ? Alignment.FromMiB(own) : null };
        var report = EngineReport.Keeping(request, ByteSize.FromMiB(targetMebibytes), Alignment.FromMiB(keptAlign));
        Assert.That((report?.DeviceSize.Bytes >> 20, report?.Align?.Bytes >> 20), Is.EqualTo((reported, reportedAlign)));
        Assert.That(report?.IsUnchanged ?? false, Is.EqualTo(isUnchanged));
        Assert.That(report?.Layout.TargetSize, Is.EqualTo(reported is null ? null : (ByteSize?)ByteSize.FromMiB(targetMebibytes)));
    }
}
