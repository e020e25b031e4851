namespace Nvdimm.Lab.Tests;

/// <summary>
/// A guest that never made labels has put file systems and a partition table on its NVDIMMs, and no record says how large they were. A start
/// that gives the guest less would cut them off.
/// </summary>
[Category("content")]
public sealed class ContentTests
{
    private const string Fill =
        """
        nvdimms
        mke2fs -q -t ext4 -L backup /dev/pmem0
        mkfs.xfs -q -L archive /dev/pmem1
        printf 'label: gpt\n,\n' | sfdisk -q /dev/pmem2
        mke2fs -q -t ext4 /dev/pmem2p1
        for device in pmem0:ext4 pmem1:xfs pmem2p1:ext4; do
          mount -t ${device#*:} /dev/${device%:*} /mnt
          dd if=/dev/urandom of=/mnt/data bs=1M count=16
          umount /mnt
        done
        sync

        """ + Look;

    /// <summary>Checks all three; what they hold is in <c>sums</c>.</summary>
    private const string Look =
        """
        [ "$(cat /sys/bus/nd/devices/region*/size | wc -l)" = 3 ]
        e2fsck -fn /dev/pmem0
        xfs_repair -n /dev/pmem1
        sfdisk --verify /dev/pmem2
        sfdisk --dump /dev/pmem2 >/out/sums
        e2fsck -fn /dev/pmem2p1
        for device in pmem0:ext4 pmem1:xfs pmem2p1:ext4; do
          mount -t ${device#*:} -o ro /dev/${device%:*} /mnt
          sha256sum /mnt/data >>/out/sums
          umount /mnt
        done
        """;

    private static readonly ByteSize Size = ByteSize.FromMiB(514);
    private static readonly Alignment Align = Alignment.FromMiB(2);

    [SetUp]
    public void Require() => LabGuest.X86.Require();

    [Test]
    public void Start_ThatGivesTheGuestLess_IsRefused_AndTheRightOneFindsEverything()
    {
        using var vm = new HookedVm();
        string[] devices = [vm.AddDevice(Size, Align), vm.AddDevice(Size, Align), vm.AddDevice(Size, Align)];
        var used = vm.Xml(devices.Select(device => new LabNvdimm(device, Size, Alignment.FromKiB(4))));
        var written = vm.StartWithoutHook(used, Fill);

        // The engine's size for the device; and the same size with an alignment that leaves less of it.
        foreach (var (size, align) in new[] { (ByteSize.FromMiB(386), Alignment.FromKiB(4)), (Size, Align) })
        {
            var lines = devices.Select(device => vm.AssertRefused(vm.Xml(new LabNvdimm(device, size, align)), NvdimmCodes.ContentCut)).ToList();
            Assert.That(lines, Has.One.Contains("ext4").And.One.Contains("xfs").And.One.Contains("gpt"), "the guest's numbers need not be the host's");
            vm.AssertRefused(vm.Xml(devices.Select(device => new LabNvdimm(device, size, align))), NvdimmCodes.ContentCut);
        }

        var (_, found) = vm.Start(used, "nvdimms\n" + Look);
        Assert.That(found.Text("sums"), Is.EqualTo(written.Text("sums")));
    }
}
