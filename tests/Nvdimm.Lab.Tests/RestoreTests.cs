using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// Why the policy blocks hibernation and snapshots with memory: libvirt and QEMU save such a domain without a word, and restoring it rewrites
/// the device with what it held when it was saved.
/// </summary>
[Category("restore")]
public sealed class RestoreTests
{
    private static readonly ByteSize Place = ByteSize.FromMiB(64);

    [SetUp]
    public void Require() => LabGuest.X86.Require();

    [Test]
    public void Restore_LosesWhatWasWrittenAfterTheSave()
    {
        using var vm = new LabVm(ByteSize.FromMiB(386), Alignment.FromMiB(2));
        var layout = vm.Plan(SizingStrategy.Ovirt);
        var saved = vm.Folder.Sparse("saved", ByteSize.Zero);
        using (var domain = vm.Start(layout, Write("before") + "\nsay written\nwhile :; do sleep 1; done"))
        {
            domain.WaitFor("@@ written\r");
            Assert.That(Content(vm), Is.EqualTo("before"));
            LabDomain.Virsh("save", vm.Name, saved);
        }

        vm.Boot(layout, Write("after!"));
        Assert.That(Content(vm), Is.EqualTo("after!"), "a start from cold keeps the device");

        using (LabDomain.Restore(saved, vm.Name, vm.Folder))
        {
            Assert.That(Content(vm), Is.EqualTo("before"), "and restoring rewrites it");
        }

        foreach (var operation in new[] { HostDeviceOperation.Hibernate, HostDeviceOperation.SnapshotWithMemory })
        {
            Assert.That(vm.Check(operation).IsAllowed, Is.False, $"{operation}");
        }
    }

    private static string Write(string text) =>
        $"nvdimms\nprintf {text} | dd of=/dev/pmem0 bs=1M seek={Place.Bytes >> 20} conv=notrunc\nsync";

    private static string Content(LabVm vm)
    {
        using var device = File.OpenRead(vm.Device.Path!);
        device.Position = Place.Bytes;
        var text = new byte["before".Length];
        device.ReadExactly(text);
        return System.Text.Encoding.ASCII.GetString(text);
    }
}
