using Newtonsoft.Json.Linq;
using Nvdimm.Hook;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// A regular file on a mount with DAX as the backing, as QEMU's documentation recommends. In a guest that plays the host the file is on a real
/// <c>/dev/pmemX</c>; the hooks, QEMU and .NET are those of this machine, whose root the guest has read-only over 9p.
/// </summary>
[Category("dax-file")]
public sealed class DaxFileTests
{
    private const string Script =
        """
        nvdimms
        blank_labels
        ndctl create-namespace -r region0 -m fsdax -M dev
        mke2fs -q -t ext4 -b 4096 -U 2d2c3c8e-3f1b-4a55-9f43-6a0a2f7d1c11 /dev/pmem0
        mkdir -p /dev/disk/by-uuid
        ln -s ../../pmem0 /dev/disk/by-uuid/2d2c3c8e-3f1b-4a55-9f43-6a0a2f7d1c11
        share_host
        mount -t ext4 -o dax=always /dev/pmem0 /host/mnt
        for file in labels content; do fallocate -l 386m /host/mnt/$file; done
        mke2fs -q -F -t ext4 -E nodiscard -L guest /host/mnt/content 384m
        on_host dax-file /mnt/labels /mnt/content 'LABELS' /run >/out/report
        umount /host/mnt
        mount -t ext4 -o dax=never /dev/pmem0 /host/mnt
        on_host cached-file /mnt/content /run >>/out/report
        e2fsck -fn /host/mnt/content
        umount /host/mnt
        e2fsck -fn /dev/pmem0
        """;

    [SetUp]
    public void Require() => LabGuest.X86.Require();

    [Test]
    public void FileOnADaxMount_Starts_IsGuarded_AndOutlivesTheHost()
    {
        using var folder = new LabFolder();
        var script = HostScripts.ThisMachine + Script.Replace("LABELS", TestFiles.PathOf("labels", "x86-v1.2-two-namespaces.bin.gz"), StringComparison.Ordinal);
        var result = LabQemu.Boot(folder, script, LabQemu.Host(folder, 2048));
        TestContext.Out.WriteLine(result.Text("report"));
        var reports = result.Text("report").Split('\n').Select(JObject.Parse).ToDictionary(report => (string)report["step"]!, StringComparer.Ordinal);
        using (Assert.EnterMultipleScope())
        {
            foreach (var step in new[] { "first", "again", "content", "labels-elsewhere" })
            {
                AssertStarted(reports[step], isSynchronous: true);
                Assert.That((string?)reports[step]["qemu"]?["error"], Is.Empty, step);
                Assert.That(Codes(reports[step]), Does.Not.Contain(NvdimmCodes.PersistenceNotGuaranteed), step);
                Assert.That((bool?)reports[step]["isUnchanged"], Is.EqualTo(step != "labels-elsewhere"), step);
            }

            Assert.That((int?)reports["end"]["status"], Is.Zero, reports["end"].ToString());
            AssertStarted(reports["cached"], isSynchronous: false);
            Assert.That((string?)reports["cached"]["qemu"]?["error"], Does.Contain("requesting persistence across crashes"));
            Assert.That(Codes(reports["cached"]), Does.Contain(NvdimmCodes.PersistenceNotGuaranteed));

            // Half of the file is asked for, on a host that knows nothing of it: labels say what is kept, other content only what is too small.
            Assert.That(Codes(reports["labels-elsewhere"]), Does.Contain(NvdimmCodes.HookLayoutKept));
            Assert.That((int?)reports["content-cut"]["status"], Is.EqualTo(ExitStatus.Refused), reports["content-cut"].ToString());
            Assert.That(Codes(reports["content-cut"]), Does.Contain(NvdimmCodes.ContentCut), reports["content-cut"].ToString());
            Assert.That((bool?)reports["content-cut"]["isUnchanged"], Is.True);
        }
    }

    private static IEnumerable<string?> Codes(JObject report) => report["codes"]!.Select(code => (string?)code);

    private static void AssertStarted(JObject report, bool isSynchronous)
    {
        Assert.That((int?)report["status"], Is.Zero, report.ToString());
        Assert.That((int?)report["qemu"]?["exitCode"], Is.Zero, report.ToString());
        Assert.That((long?)report["qemu"]?["guestSize"], Is.EqualTo(ByteSize.FromMiB(384).Bytes), report.ToString());
        Assert.That((bool?)report["qemu"]?["isSynchronous"], Is.EqualTo(isSynchronous), report.ToString());
    }
}
