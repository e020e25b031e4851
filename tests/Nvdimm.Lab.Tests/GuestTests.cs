using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Lab.Tests;

/// <summary>The NVDIMM is in the guest with the predicted size, and the guest does with it what it likes: modes, partitions, files.</summary>
[Category("guest")]
public sealed class GuestTests
{
    private const string Script =
        """
        nvdimms
        cat /sys/bus/nd/devices/region0/size >/out/region
        ndctl list -N -v >/out/blank.json
        sha256sum /dev/pmem0 >/out/read-to-the-end
        blank_labels
        ndctl create-namespace -r region0 -m raw -s 128M
        for mode in fsdax sector devdax fsdax; do
          ndctl create-namespace -f -e namespace0.0 -m $mode
          ndctl list -N -v >/out/$mode.json
        done
        printf 'size=48MiB\n,\n' | sfdisk -q /dev/pmem0
        mke2fs -q -t ext4 /dev/pmem0p1
        mount -t ext4 /dev/pmem0p1 /mnt
        dd if=/dev/urandom of=/mnt/data bs=1M count=16
        sha256sum </mnt/data >/out/written
        umount /mnt
        echo 3 >/proc/sys/vm/drop_caches
        mount -t ext4 -o ro /dev/pmem0p1 /mnt
        sha256sum </mnt/data >/out/read
        sfdisk --json /dev/pmem0 >/out/partitions.json
        """;

    [SetUp]
    public void Require() => LabGuest.X86.Require();

    /// <summary>Predicted and seen to the byte; the last case is one that warns, since memory hot plug does not work beside it.</summary>
    [TestCase(SizingStrategy.Ovirt, 2048L, 384 * 1048576L)]
    [TestCase(SizingStrategy.Largest, 2048L, 512 * 1048576L)]
    [TestCase(SizingStrategy.Ovirt, 4L, 404619264L)]
    public void Guest_HasTheDevice_AndUsesItInEveryMode(SizingStrategy strategy, long alignKiB, long guestSize)
    {
        using var vm = new LabVm(ByteSize.FromMiB(514), Alignment.FromKiB(alignKiB));
        var layout = vm.Plan(strategy);
        Assert.That(layout.GuestSize.Bytes, Is.EqualTo(guestSize));

        var result = vm.Boot(layout, Script);
        Assert.That(result.Size("region"), Is.EqualTo(layout.GuestSize));
        Assert.That(result.Devices("blank.json", NvdimmCodes.NoLabels).Single().Size, Is.EqualTo(layout.GuestSize), "blank labels show as one raw namespace");
        Assert.That(
            new[] { "fsdax", "sector", "devdax" }.Select(mode => result.Devices($"{mode}.json").Single().Mode),
            Is.EqualTo([NamespaceMode.Fsdax, NamespaceMode.Sector, NamespaceMode.Devdax]));
        Assert.That(result.Text("read"), Is.EqualTo(result.Text("written")));
        Assert.That(result.Text("partitions.json"), Does.Contain("/dev/pmem0p2"));
        Assert.That(vm.LabelsAt(layout)!.Area.Labels, Has.Count.EqualTo(1), "the guest's label is where we said");
    }
}
