using CsCheck;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Labels;

/// <summary>The proof in LAYOUTS.md, tried on random devices.</summary>
public sealed class LabelPlaceTests
{
    private static readonly Gen<GuestArchitecture> Architectures = Gen.OneOf(GuestArchitecture.X86_64, GuestArchitecture.Ppc64Le);
    private static readonly Gen<SizingStrategy> Strategies = Gen.OneOf(SizingStrategy.Ovirt, SizingStrategy.Largest);

    [Test]
    public void NearEnd_HasEveryLayoutOfEveryStrategyAndAlignment() => Gen.Select(Architectures, Strategies, Gen.Long[1 << 16, 1L << 30], Gen.Int[12, 36]).Sample(
        (architecture, strategy, pages, power) =>
        {
            return Layout(architecture, strategy, pages, power) is not { } layout
                || LabelPlace.NearEnd(layout.Request.DeviceSize, layout.Request.LabelSize).Contains(new LabelPlace(layout.LabelOffset, layout.Request.LabelSize));
        },
        iter: 20_000);

    [Test]
    public void Candidates_HaveEveryLayoutWithoutLibvirtsRounding() => Gen.Select(Architectures, Strategies, Gen.Long[1 << 16, 1L << 30], Gen.Int[12, 36]).Sample(
        (architecture, strategy, pages, power) =>
        {
            if (Layout(architecture, strategy, pages, power) is not { } layout)
            {
                return true;
            }

            return NvdimmSizer.Size(layout.Request with { Align = null, Strategy = SizingStrategy.Largest }).Layout is not { } plan
                || LayoutCandidates.For(DeviceLayout.Of(plan, architecture.Family == GuestFamily.Power ? Guid.Empty : null), recorded: null)
                .Any(candidate => candidate.Place.Offset == layout.TargetSize - layout.Request.LabelSize);
        },
        iter: 2_000);

    [Test]
    public void NearEnd_IsBounded_WhateverTheDevice()
    {
        Assert.That(LabelPlace.NearEnd(ByteSize.FromBytes(1L << 50), SizingRequest.OvirtLabelSize).Count(), Is.EqualTo(131));
        Assert.That(LabelPlace.NearEnd(ByteSize.FromMiB(1), SizingRequest.OvirtLabelSize), Is.Empty);
    }

    private static NvdimmLayout? Layout(GuestArchitecture architecture, SizingStrategy strategy, long pages, int power) =>
        NvdimmSizer.Size(new SizingRequest(architecture, ByteSize.FromKiB(pages * 4)) { Align = Alignment.FromBytes(1L << power), Strategy = strategy }).Layout;
}
