using CsCheck;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

public sealed class KeptLayoutTests
{
    private static readonly SizingRequest Request = new(GuestArchitecture.X86_64, ByteSize.FromMiB(1026)) { Align = Alignment.FromMiB(2) };

    [Test]
    public void Keep_OfAComputedSize_IsTheComputedLayout() => Gen.Select(
        Gen.OneOf(Gen.Const("x86_64"), Gen.Const("ppc64le")), Gen.Long[0, 1L << 34], Gen.Int[12, 31], Gen.Bool).Sample(
        (architecture, device, bits, isLargest) =>
        {
            var request = new SizingRequest(GuestArchitecture.FromName(architecture), ByteSize.FromBytes(device))
            {
                Align = Alignment.FromBytes(1L << bits),
                Strategy = isLargest ? SizingStrategy.Largest : SizingStrategy.Ovirt,
            };
            var computed = NvdimmSizer.Size(request);
            var kept = NvdimmSizer.Keep(request, computed.TargetSize!.Value, computed.AlignSize!.Value);
            return kept.IsKept && !computed.IsKept && kept == computed with { IsKept = true };
        },
        iter: 100_000);

    [Test]
    public void Keep_OnALargerDevice_LeavesLabelAndGuestSizeWhereTheyWere()
    {
        var old = NvdimmSizer.Size(Request with { DeviceSize = ByteSize.FromMiB(512) });
        var kept = NvdimmSizer.Keep(Request, old.TargetSize!.Value, old.AlignSize!.Value);
        Assert.That((kept.Layout?.LabelOffset, kept.Layout?.GuestSize, kept.BackendSize), Is.EqualTo((old.Layout?.LabelOffset, old.Layout?.GuestSize, old.BackendSize)));
        Assert.That(kept.Layout?.LabelOffset, Is.Not.EqualTo(NvdimmSizer.Size(Request).Layout?.LabelOffset));
        Assert.That(kept.Request, Is.EqualTo(Request));
    }

    [Test]
    public void Keep_WhatTheDeviceCannotHold_IsRefused()
    {
        Assert.That(Codes(Request, ByteSize.FromMiB(1028)), Is.EqualTo([NvdimmCodes.LargerThanDevice]));
        Assert.That(Codes(Request, ByteSize.FromKiB(128)), Is.EqualTo([NvdimmCodes.BelowLibvirtMinimum]));
        Assert.That(Codes(Request, ByteSize.Zero), Is.EqualTo([NvdimmCodes.DeviceTooSmall]));
        Assert.That(Codes(Request, ByteSize.FromBytes((512L << 20) + 512)), Is.EqualTo([NvdimmCodes.TargetSizeNotKiB]));
        Assert.That(Codes(Request, ByteSize.FromBytes(long.MaxValue)), Is.EqualTo([NvdimmCodes.SizeOutOfRange]));
        Assert.That(Codes(Request with { Architecture = GuestArchitecture.FromName("s390x") }, ByteSize.FromMiB(512)), Is.EqualTo([NvdimmCodes.ArchitectureUnsupported]));
        Assert.That(Codes(Request with { IsDevdax = true, Align = Alignment.FromMiB(4) }, ByteSize.FromMiB(514)), Is.EquivalentTo([NvdimmCodes.DevdaxNotMultiple, NvdimmCodes.DevdaxAlignTooSmall]));
        Assert.That(Codes(Request with { IsDevdax = true, Align = Alignment.FromMiB(4) }, ByteSize.FromMiB(516)), Is.EqualTo([NvdimmCodes.DevdaxAlignTooSmall]));
        Assert.That(Codes(Request with { IsDevdax = true, Align = Alignment.FromMiB(2) }, ByteSize.FromMiB(514)), Is.Empty);
        Assert.That(Codes(Request with { IsDevdax = true, Align = Alignment.FromKiB(4) }, ByteSize.FromMiB(514)), Does.Not.Contain(NvdimmCodes.DevdaxAlignTooSmall));
        Assert.That(Codes(Request with { Align = Alignment.FromMiB(4) }, ByteSize.FromMiB(514)), Does.Not.Contain(NvdimmCodes.DevdaxAlignTooSmall));
    }

    [Test]
    public void Keep_ASizeThatLibvirtRounds_PredictsTheRoundedBackend()
    {
        var kept = NvdimmSizer.Keep(Request, ByteSize.FromKiB((384 * 1024) + 128), Alignment.FromMiB(2));
        Assert.That((kept.BackendSize, kept.Layout?.LabelOffset), Is.EqualTo((ByteSize.FromMiB(386), ByteSize.FromBytes(404619264))));
    }

    private static ValueList<string> Codes(in SizingRequest request, ByteSize targetSize)
    {
        var kept = NvdimmSizer.Keep(request, targetSize, Alignment.FromMiB(2));
        Assert.That(kept.Findings.Select(finding => finding.Message), Has.None.Contains("${"));
        Assert.That(kept.IsKept, Is.True);
        return kept.Codes;
    }
}
