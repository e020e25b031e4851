using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// A guest for Arm has the NVDIMM with the predicted size, its labels are at the predicted offset, and it finds everything again. Debian's kernel
/// for Arm uses namespaces raw and in sector mode.
/// </summary>
[Category("arm")]
public sealed class ArmTests
{
    private const string Script =
        """
        nvdimms
        cat /sys/bus/nd/devices/region0/size >/out/region
        sha256sum /dev/pmem0 >/out/read-to-the-end
        blank_labels
        ndctl create-namespace -r region0 -m sector -s 128M
        ndctl list -N -v >/out/sector.json
        mke2fs -q -t ext4 /dev/pmem0s
        mount -t ext4 /dev/pmem0s /mnt
        dd if=/dev/urandom of=/mnt/data bs=1M count=16
        sha256sum </mnt/data >/out/written
        umount /mnt
        """;

    private const string Again =
        """
        nvdimms
        cat /sys/bus/nd/devices/region0/size >/out/region
        ndctl list -N -v >/out/sector.json
        mount -t ext4 -o ro /dev/pmem0s /mnt
        sha256sum </mnt/data >/out/read
        """;

    [SetUp]
    public void Require() => LabGuest.Arm.Require();

    [TestCase(SizingStrategy.Ovirt, 2048L, 384 * 1048576L)]
    [TestCase(SizingStrategy.Largest, 2048L, 512 * 1048576L)]
    public void ArmGuest_HasTheDevice_AndFindsEverythingAgain(SizingStrategy strategy, long alignKiB, long guestSize)
    {
        using var vm = new LabVm(ByteSize.FromMiB(514), Alignment.FromKiB(alignKiB), LabGuest.Arm);
        var layout = vm.Plan(strategy);
        Assert.That(layout.GuestSize.Bytes, Is.EqualTo(guestSize));

        var first = vm.Boot(layout, Script);
        Assert.That(first.Size("region"), Is.EqualTo(layout.GuestSize));
        Assert.That(first.Devices("sector.json").Single().Mode, Is.EqualTo(NamespaceMode.Sector));
        var labels = vm.LabelsAt(layout)!;
        Assert.That(labels.Area.Labels, Has.Count.EqualTo(1), "the guest's label is where we said");
        Assert.That(vm.Labels().Found.Select(found => found.Offset), Is.EqualTo([layout.LabelOffset]), "and nowhere else");

        var second = vm.Boot(layout, Again);
        Assert.That(second.Size("region"), Is.EqualTo(layout.GuestSize));
        Assert.That(second.Devices("sector.json").Single().Uuid, Is.EqualTo(first.Devices("sector.json").Single().Uuid));
        Assert.That(second.Text("read"), Is.EqualTo(first.Text("written")));
    }
}
