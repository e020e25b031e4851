using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// Another layout is asked for than the one that a real guest has used the device with: the guard says so before anything starts, and with
/// the kept layout the guest finds its data.
/// </summary>
[Category("drift")]
public sealed class DriftTests
{
    private static readonly ByteSize Size = ByteSize.FromMiB(514);
    private static readonly Alignment Align = Alignment.FromMiB(2);

    /// <summary>What is asked for now, and what the guard must find in the ledger and on the device.</summary>
    private static readonly (string What, ByteSize Size, Alignment? Align, SizingStrategy Strategy, string[] ByLedger, string[] ByLabels)[] Drifts =
    [
        ("larger device", ByteSize.FromMiB(770), Align, SizingStrategy.Ovirt, [NvdimmCodes.LayoutChanged, NvdimmCodes.LayoutResized], [NvdimmCodes.LayoutMoved]),
        ("smaller device", ByteSize.FromMiB(400), Align, SizingStrategy.Ovirt, [NvdimmCodes.LayoutChanged, NvdimmCodes.LayoutResized], [NvdimmCodes.LayoutMoved]),
        ("other strategy", Size, Align, SizingStrategy.Largest, [NvdimmCodes.LayoutChanged], [NvdimmCodes.LayoutMoved]),
        ("no alignment", Size, null, SizingStrategy.Ovirt, [NvdimmCodes.LayoutChanged], [NvdimmCodes.LayoutMoved]),
        ("alignment that leaves the labels where they are", Size, Alignment.FromKiB(4), SizingStrategy.Ovirt, [NvdimmCodes.LayoutChanged], []),
    ];

    [SetUp]
    public void Require() => LabGuest.X86.Require();

    [Test]
    public void Drift_WithLabels_IsNoticedByLedgerAndLabels_AndTheKeptLayoutFindsEverything()
    {
        using var vm = new LabVm(Size, Align);
        var used = vm.Plan(SizingStrategy.Ovirt);
        var written = vm.Boot(used, GuestScripts.Fill);
        AssertNoticed(vm, hasLabels: true);

        // The device has grown, and its layout is kept: that it has grown is a finding that somebody has to accept.
        vm.Change(ByteSize.FromMiB(770), Align);
        var kept = KeptLayout.Of(vm.Request(SizingStrategy.Ovirt), DeviceLayout.Of(used, guestUuid: null));
        Assert.That(kept.IsAllowed, Is.True, kept.Findings.ToString());
        var check = vm.Check(kept.Layout!);
        Assert.That((check.Verdict, check.IsAllowed), Is.EqualTo((GuardVerdict.Resized, false)), check.Findings.ToString());
        Assert.That(vm.Ledger.Accept(DeviceIdentity.Of(vm.Device), vm.Device.Name, vm.Device.Path!, check.Refusals, "the lab").Findings, Is.Empty);
        Assert.That(KeptLayout.At(vm.Request(SizingStrategy.Ovirt), vm.Labels().Found.Single(), []).Layout?.BackendSize, Is.EqualTo(kept.Layout!.BackendSize));
        Assert.That(vm.Boot(kept.Layout!, GuestScripts.FindAgain).Text("sums"), Is.EqualTo(written.Text("sums")));
        Assert.That(vm.Check(kept.Layout!).Verdict, Is.EqualTo(GuardVerdict.Same), "the new device size is recorded");
    }

    [Test]
    public void Drift_WithoutLabels_IsNoticedByTheLedger_AndTheKeptLayoutFindsEverything()
    {
        using var vm = new LabVm(Size, Align);
        var used = vm.Plan(SizingStrategy.Ovirt);
        var written = vm.Boot(used, GuestScripts.FillWithoutLabels);
        Assert.That(vm.Labels().Found, Is.Empty);
        AssertNoticed(vm, hasLabels: false);

        vm.Change(Size, align: null);
        var kept = KeptLayout.Of(vm.Request(SizingStrategy.Largest), DeviceLayout.Of(used, guestUuid: null));
        Assert.That(vm.Check(kept.Layout!).Verdict, Is.EqualTo(GuardVerdict.Same));
        Assert.That(vm.Boot(kept.Layout!, GuestScripts.FindAgainWithoutLabels).Text("sums"), Is.EqualTo(written.Text("sums")));
    }

    private static void AssertNoticed(LabVm vm, bool hasLabels)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (what, size, align, strategy, byLedger, byLabels) in Drifts)
            {
                vm.Change(size, align);
                var planned = vm.Plan(strategy);
                var check = vm.Check(planned);
                Assert.That((check.Verdict, check.IsAllowed), Is.EqualTo((GuardVerdict.Moved, false)), what);
                Assert.That(check.Refusals.Select(finding => finding.Code), Is.EquivalentTo([.. byLedger, .. hasLabels ? byLabels : []]), what);

                // A host whose ledger is lost has the labels alone, where there are any.
                var alone = vm.CheckWithoutLedger(planned);
                Assert.That(alone.Refusals.Select(finding => finding.Code), Is.EqualTo(hasLabels ? byLabels : []), what);
            }
        }

        vm.Change(Size, Align);
        Assert.That(vm.Check(vm.Plan(SizingStrategy.Ovirt)).Verdict, Is.EqualTo(GuardVerdict.Same));
    }
}
