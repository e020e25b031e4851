namespace Nvdimm.Lab.Tests;

/// <summary>Domains that the engine would not write: the hook leaves them what libvirt and QEMU make of them.</summary>
[Category("domain")]
public sealed class DomainTests
{
    private const string FillWhole =
        """
        nvdimms
        mke2fs -q -t ext4 /dev/pmem0
        mount -t ext4 /dev/pmem0 /mnt
        dd if=/dev/urandom of=/mnt/data bs=1M count=16
        umount /mnt
        sync

        """ + LookWhole;

    private const string LookWhole =
        """
        cat /sys/bus/nd/devices/region0/size >/out/region
        blockdev --getsize64 /dev/pmem0 >/out/size
        e2fsck -fn /dev/pmem0
        mount -t ext4 -o ro /dev/pmem0 /mnt
        sha256sum /mnt/data >/out/sums
        umount /mnt
        """;

    private static readonly ByteSize Size = ByteSize.FromMiB(514);
    private static readonly Alignment Align = Alignment.FromMiB(2);

    [SetUp]
    public void Require() => LabGuest.X86.Require();

    /// <summary>As virt-install writes it. QEMU then aligns to the page, and the guest has 2 MiB less the label area more than with the device's.</summary>
    [TestCase("")]
    [TestCase("blank_labels\nndctl create-namespace -m fsdax -M mem")]
    public void Domain_WithoutAlignSize_KeepsTheGuestsSize(string prepare)
    {
        using var vm = new HookedVm();
        var domain = vm.Xml(new LabNvdimm(vm.AddDevice(Size, Align), Size, AlignSize: null));
        var written = vm.StartWithoutHook(domain, FillWhole.Replace("nvdimms\n", $"nvdimms\n{prepare}\n", StringComparison.Ordinal));
        Assert.That(written.Size("region"), Is.EqualTo(Size - ByteSize.FromKiB(128)));

        for (var start = 0; start < 2; start++)
        {
            var (answer, found) = vm.Start(domain, "nvdimms\n" + LookWhole);
            Assert.That(answer.Xml, Is.EqualTo(domain), answer.Line);
            Assert.That((found.Size("region"), found.Size("size")), Is.EqualTo((written.Size("region"), written.Size("size"))));
            Assert.That(found.Text("sums"), Is.EqualTo(written.Text("sums")));
        }
    }

    /// <summary>What a guest writes to a private mapping is gone with it; so is what it writes where the domain says nothing.</summary>
    [Test]
    public void Domain_WithoutSharedAccess_StaysPrivate_AndTheDeviceIsAsItWas()
    {
        using var vm = new HookedVm();
        var size = ByteSize.FromMiB(130);
        string[] devices = [vm.AddDevice(size, Align), vm.AddDevice(size, Align), vm.AddDevice(size, Align)];
        var domain = vm.Xml(devices.Zip(["private", null, "shared"], (device, access) => new LabNvdimm(device, size, Align, access)));
        var before = devices.Select(HookedVm.Sum).ToList();

        var (answer, result) = vm.Start(
            domain,
            """
            nvdimms
            for device in /dev/pmem0 /dev/pmem1 /dev/pmem2; do
              dd if=/dev/urandom of=$device bs=1M count=4
              head -c 4194304 $device | sha256sum >>/out/sums
            done
            sync
            """);
        Assert.That(answer.Xml, Is.EqualTo(domain), answer.Line);
        Assert.That(answer.Codes.Count(code => code == NvdimmCodes.AccessPrivate), Is.EqualTo(2), answer.Line);
        Assert.That(result.Text("sums").Split('\n').Distinct().Count(), Is.EqualTo(3), "the guest has written to all three");
        var isSame = devices.Select(HookedVm.Sum).Zip(before, (now, then) => now == then);
        Assert.That(isSame, Is.EqualTo([true, true, false]), "the shared one shows that the guest's writes were real");
    }
}
