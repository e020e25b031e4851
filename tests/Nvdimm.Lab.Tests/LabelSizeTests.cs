using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// Another manager (OpenStack's nova, pmem-csi) gave a guest the device with a label area that is not the engine's. A start by the engine's
/// formula puts another area elsewhere: the guest would see a blank device, and write to it.
/// </summary>
[Category("labels")]
public sealed class LabelSizeTests
{
    private static readonly Alignment Align = Alignment.FromMiB(2);

    [SetUp]
    public void Require() => LabGuest.X86.Require();

    [TestCase(2048L)]
    [TestCase(256L)]
    public void Start_WithTheEnginesFormula_AfterLabelsOfAnotherSize_KeepsLabelsAndSize(long labelKiB)
    {
        using var vm = new HookedVm();
        var size = ByteSize.FromMiB(514);
        var device = vm.AddDevice(size, Align);
        var used = new LabNvdimm(device, size, Align) { LabelSize = ByteSize.FromKiB(labelKiB) };
        var written = vm.StartWithoutHook(vm.Xml(used), GuestScripts.Fill);

        // The engine's size for 514 MiB is 386 MiB.
        var (answer, found) = vm.Start(vm.Xml(new LabNvdimm(device, ByteSize.FromMiB(386), Align)), GuestScripts.FindAgain);
        Assert.That(answer.Codes, Does.Contain(NvdimmCodes.HookLayoutKept), answer.Line);
        var element = DomainNvdimms.Read(answer.Xml).Elements.Single();
        Assert.That((element.TargetSize, element.LabelSize), Is.EqualTo((used.Size, (ByteSize?)used.LabelSize)));
        Assert.That(found.Text("region"), Is.EqualTo(written.Text("region")));
        Assert.That(found.Text("sums"), Is.EqualTo(written.Text("sums")));

        // What the other manager writes is what is recorded now.
        var again = vm.Decide(vm.Xml(used));
        Assert.That((again.Status, again.Xml), Is.EqualTo((0, vm.Xml(used))), again.Line);
    }
}
