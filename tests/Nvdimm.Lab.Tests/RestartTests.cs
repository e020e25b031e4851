using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Lab.Tests;

/// <summary>After a restart with the same layout everything is there again, byte for byte, and the labels are where we said.</summary>
[Category("restart")]
public sealed class RestartTests
{
    [SetUp]
    public void Require() => LabGuest.X86.Require();

    [TestCase(SizingStrategy.Ovirt)]
    [TestCase(SizingStrategy.Largest)]
    public void Restart_SameLayout_FindsEverythingAgain(SizingStrategy strategy)
    {
        using var vm = new LabVm(ByteSize.FromMiB(514), Alignment.FromMiB(2));
        var layout = vm.Plan(strategy);
        Assert.That(vm.Check(layout).Verdict, Is.EqualTo(GuardVerdict.FirstUse));

        var written = vm.Boot(layout, GuestScripts.Fill);
        var labels = vm.LabelsAt(layout);
        Assert.That(labels, Is.Not.Null, "the labels are not at the predicted offset");
        Assert.That(vm.Labels().Found, Is.EqualTo([labels]), "labels are nowhere else");
        Assert.That(labels!.Area.Labels.Select(label => label.Name).Order(StringComparer.Ordinal), Is.EqualTo(["files", "log"]));
        var check = vm.Check(layout);
        Assert.That((check.Verdict, check.Findings.Count), Is.EqualTo((GuardVerdict.Same, 0)), check.Findings.ToString());

        var found = vm.Boot(layout, GuestScripts.FindAgain);
        Assert.That(found.Text("sums"), Is.EqualTo(written.Text("sums")));
        Assert.That(found.Devices("listing.json"), Is.EquivalentTo(written.Devices("listing.json")));
        Assert.That(vm.LabelsAt(layout)!.Area.Hash, Is.EqualTo(labels.Area.Hash), "booting leaves the label area as it is");
        Assert.That(vm.Check(layout).Verdict, Is.EqualTo(GuardVerdict.Same));
    }
}
