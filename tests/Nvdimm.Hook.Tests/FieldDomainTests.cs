using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Nvdimm.Extensions;

namespace Nvdimm.Hook.Tests;

/// <summary>The domains of the field before their start, and variants of each kind.</summary>
public sealed class FieldDomainTests
{
    private const string Point = "before_vm_start";

    /// <summary>What made hosts always say, what follows from a layout that the row states, and what depends on this machine's file system.</summary>
    private static readonly string[] Usual =
        [NvdimmCodes.PersistenceNotGuaranteed, NvdimmCodes.HypervisorNotVerified, NvdimmCodes.HotPlugMisaligned, NvdimmCodes.NoStableIdentity];

    private static string[][] Rows => FieldStarts.Rows;

    private HookHost host = null!;

    [SetUp]
    public void SetUp()
    {
        host = new HookHost();
        host.AddFsdax(0, size: 16L << 30);
        host.AddFsdax(1, size: 16L << 30);
        host.AddFsdax(2, size: 16L << 30);
    }

    [TearDown]
    public void TearDown() => host.Dispose();

    [Test]
    public void Rows_AreAllFiles() => Assert.That(
        Rows.Select(row => row[0]), Is.EquivalentTo(Directory.GetFiles(TestFiles.PathOf("field-domains"), "*.xml").Select(Path.GetFileNameWithoutExtension)));

    /// <summary>Refused: nothing is changed, recorded or claimed. Started: only POWER domains without uuid change; the second run changes nothing.</summary>
    [TestCaseSource(nameof(Rows))]
    public void Start(string name, string errors, string warnings, string layouts, string why)
    {
        if (name == "tp-invalid-bigger-target")
        {
            Resize(512L << 20);
        }

        var domain = Field(name);
        var (status, line, codes) = host.Run(Point, domain);
        var payload = File.ReadAllText(host.Payload);
        Assert.That(status, Is.EqualTo(errors.Length == 0 ? 0 : ExitStatus.Refused), $"{why}: {line}");
        Assert.That(codes.Except(Usual), Is.EquivalentTo(Words(errors).Concat(Words(warnings)).Distinct()), $"{why}: {line}");
        Assert.That(payload == domain, Is.EqualTo(!codes.Contains(NvdimmCodes.HookDomainCorrected)), line);
        AssertRecorded(layouts);
        if (status == 0)
        {
            var (again, said, _) = host.Run(Point, payload);
            Assert.That((again, File.ReadAllText(host.Payload)), Is.EqualTo((0, payload)), said);
            AssertRecorded(layouts);
        }
    }

    private static readonly string[][] Variants =
    [
        ["size in MiB", "tp-nvdimm-label-256k", "<size unit='M'>512</size>", "<size unit='MiB'>512</size>", "", "536870912 4096 262144 536608768"],
        [
            "size in bytes, label in k", "tp-nvdimm-label-256k", "<size unit='M'>512</size>", "<size unit='bytes'>536870912</size>", "",
            "536870912 4096 262144 536608768"
        ],
        ["no unit is KiB", "tp-nvdimm-label-256k", "<size unit='M'>512</size>", "<size>524288</size>", "", "536870912 4096 262144 536608768"],
        [
            "MB is a million, and libvirt rounds up to 2 MiB", "tp-nvdimm-label-256k", "<size unit='M'>512</size>", "<size unit='MB'>512</size>", "",
            "513802240 4096 262144 513540096"
        ],
        [
            "a unit that libvirt does not know", "tp-nvdimm-label-256k", "<size unit='M'>512</size>", "<size unit='parsec'>512</size>",
            "NVDIMM_XML_BAD_VALUE", ""
        ],
        ["no size", "tp-nvdimm-label-256k", "<size unit='M'>512</size>", "", "NVDIMM_XML_BAD_VALUE", ""],
        [
            "alignsize behind the target", "X13-uefi-secureboot-smm", "(<source>.*</source>)(<target>.*</target>)", "$2$1", "",
            "941621248 2097152 131072 939524096"
        ],
        ["no source", "X13-uefi-secureboot-smm", "<source><path>.*</source>", "", "NVDIMM_XML_BAD_VALUE", ""],
        ["an alignsize of 0 is none", "X13-uefi-secureboot-smm", ">2048</alignsize>", ">0</alignsize>", "", "941621248 4096 131072 941490176"],
        [
            "the second of two is wrong", "tp-nvdimm-two-512-256", "access='shared'(?![\\s\\S]*access='shared')", "access='shared' discard='yes'",
            "NVDIMM_XML_DISCARD", ""
        ],
        [
            "the first of two is not there", "tp-nvdimm-two-512-256", "/dev/pmem0", "/dev/pmem9",
            "ACTION_TYPE_FAILED_HOST_DEVICE_NOT_AVAILABLE NVDIMM_XML_UNMATCHED", ""
        ],
        ["by a link", "tp-nvdimm-no-label", "/dev/pmem0", "/dev/disk/by-id/pmem-0", "", "536870912 4096 0 536870912"],
        ["twice, once by a link", "X14-same-path-twice", "/dev/pmem0(?![\\s\\S]*/dev/pmem0)", "/dev/disk/by-id/pmem-0", "NVDIMM_XML_DEVICE_TWICE", ""],
        [
            "a disk by a link", "X17-same-device-as-virtio-disk", "source dev=\"/dev/pmem0\"", "source dev=\"/dev/disk/by-id/pmem-0\"",
            "NVDIMM_XML_DEVICE_TWICE", ""
        ],
        [
            "a disk that is a file by a link", "X17-same-device-as-virtio-disk", "source dev=\"/dev/pmem0\"", "source file=\"/dev/disk/by-id/pmem-0\"",
            "NVDIMM_XML_DEVICE_TWICE", ""
        ],
        ["virtio-pmem and NVDIMM", "golden-virtio-pmem-same-path", "/dev/pmem1", "/dev/pmem0", "NVDIMM_XML_DEVICE_TWICE", ""],
        ["virtio-pmem and NVDIMM by a link", "golden-virtio-pmem-same-path", "/dev/pmem1", "/dev/disk/by-id/pmem-0", "NVDIMM_XML_DEVICE_TWICE", ""],
        ["virtio-pmem on a file that is none of ours", "X18-virtio-pmem-on-host-pmem", "/dev/pmem0", "/var/lib/none.img", "", ""],
        ["an argument by a link", "X16-qemu-commandline-nvdimm", "mem-path=/dev/pmem0", "mem-path=/dev/disk/by-id/pmem-0", "NVDIMM_XML_ARGUMENT", ""],
        [
            "an argument in JSON", "X16-qemu-commandline-nvdimm", "memory-backend-file,.*?pmem=on",
            "{&quot;qom-type&quot;:&quot;memory-backend-file&quot;,&quot;mem-path&quot;:&quot;/dev/pmem0&quot;}", "NVDIMM_XML_ARGUMENT", ""
        ],
        ["an argument for huge pages", "X16-qemu-commandline-nvdimm", "mem-path=/dev/pmem0", "mem-path=/dev/hugepages", "", ""],
        ["a file of options", "X16-qemu-commandline-nvdimm", "(?s)<qemu:commandline>.*</qemu:commandline>",
            "<qemu:commandline><qemu:arg value='-readconfig'/><qemu:arg value='/a.cfg'/></qemu:commandline>", "NVDIMM_XML_HIDDEN", ""],
        ["an override of a memory device", "X16-qemu-commandline-nvdimm", "(?s)<qemu:commandline>.*</qemu:commandline>",
            "<qemu:override><qemu:device alias='dimm0'><qemu:frontend><qemu:property name='memdev' type='string' value='m0'/></qemu:frontend></qemu:device></qemu:override>",
            "NVDIMM_XML_HIDDEN", ""],
        ["uuid on x86 with shared access", "X09-uuid-on-x86-access-private", "access='private'", "access='shared'", "NVDIMM_XML_UUID", ""],
        ["a slot written as hexadecimal", "tp-duplicate-slot", "slot='0'", "slot='0x0'", "NVDIMM_XML_BAD_VALUE", ""],
        ["i686 by its other name", "golden-i686", "arch='i686'", "arch='i386'", "NVDIMM_ARCHITECTURE_UNSUPPORTED", ""],
    ];

    [TestCaseSource(nameof(Variants))]
    public void Variant(string what, string file, string old, string now, string errors, string layouts)
    {
        var text = TestFiles.Text("field-domains", file + ".xml");
        var changed = Regex.Replace(text, old, now, RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.That(changed, Is.Not.EqualTo(text), what);
        Directory.CreateDirectory(Path.Combine(host.Root, "dev", "disk", "by-id"));
        File.CreateSymbolicLink(Path.Combine(host.Root, "dev", "disk", "by-id", "pmem-0"), host.Device(0));
        var domain = Here(changed);
        var (status, line, codes) = host.Run(Point, domain);
        string[] warnings = [.. Usual, NvdimmCodes.AccessPrivate, NvdimmCodes.AccessReadOnly];
        Assert.That(status, Is.EqualTo(errors.Length == 0 ? 0 : ExitStatus.Refused), $"{what}: {line}");
        Assert.That(codes.Except(warnings), Is.EquivalentTo(Words(errors)), $"{what}: {line}");
        Assert.That(File.ReadAllText(host.Payload), Is.EqualTo(domain));
        AssertRecorded(layouts);
    }

    /// <summary>P2, P3, P9: said once, in words that name the two elements.</summary>
    [TestCase("X14-same-path-twice", "as NVDIMM 1 and as NVDIMM 2")]
    [TestCase("tp-same-path-twice", "as NVDIMM 1 and as NVDIMM 2")]
    [TestCase("X17-same-device-as-virtio-disk", "as disk vda and as NVDIMM 1")]
    public void TheSameDeviceTwice_IsSaidOnce(string name, string words)
    {
        var (_, line, codes) = host.Run(Point, Field(name));
        Assert.That(line, Does.Contain(words));
        Assert.That(codes.Count(code => code == NvdimmCodes.XmlDeviceTwice), Is.EqualTo(1), line);
    }

    /// <summary>F4: the device is on host node 2, the NVDIMM on guest node 3.</summary>
    [TestCase("2", true)]
    [TestCase("3", false)]
    public void GuestNode_IsComparedWithTheHosts(string hostNode, bool isMismatch)
    {
        host.Write("sys/devices/ndbus0/region0/namespace0.0/numa_node", $"{hostNode}\n");
        var (status, line, codes) = host.Run(Point, Field("X12-hana-hugepages-4-cells"));
        Assert.That((status, codes.Contains(NvdimmCodes.NumaMismatch)), Is.EqualTo((0, isMismatch)), line);
        Assert.That(line, isMismatch ? Does.Contain("The right guest node: guest node 2") : Does.Not.Contain("guest node"));
    }

    /// <summary>F1: labels of 2 MiB, and the engine's 128 KiB. The guest keeps its labels, and nothing is written to the device.</summary>
    [Test]
    public void LabelsOfAnotherSize_AreKept()
    {
        Resize(1L << 30);
        Place("F1-x86-v1.1-label-size-2MiB-one-namespace-orders-db.bin.gz", 1071644672);
        var before = Hash();
        var (status, line, codes) = host.Run(Point, host.Domain("engine-one.xml"));
        Assert.That((status, codes.Contains(NvdimmCodes.HookLayoutKept)), Is.EqualTo((0, true)), line);
        AssertRecorded("1073741824 2097152 2097152 1071644672");
        var kept = File.ReadAllText(host.Payload);
        Assert.That(host.Run(Point, kept).Status, Is.Zero);
        Assert.That((File.ReadAllText(host.Payload), Hash()), Is.EqualTo((kept, before)));
    }

    /// <summary>D1: the labels have the cookie of the domain's uuid. The domain stays.</summary>
    [Test]
    public void UuidOfTheDomain_ThatTheLabelsHave_Stays()
    {
        Resize(513L << 20);
        Place("x86-v1.2-two-namespaces.bin.gz", 512L << 20);
        const string Uuid = "8ec948ec-8898-46af-dcb4-12001290ba00";
        var domain = Field("own-ppc-uuid-of-the-domain").Replace("8ec948ec-8898-46af-889c-470b50297999", Uuid, StringComparison.Ordinal);
        var (status, line, _) = host.Run(Point, domain);
        Assert.That((status, File.ReadAllText(host.Payload)), Is.EqualTo((0, domain)), line);
        Assert.That(host.Ledger.List().Records.Single().Layout!.GuestUuid, Is.EqualTo(Guid.Parse(Uuid)));
    }

    /// <summary>A virtio-pmem device is claimed like an NVDIMM, and another VM does not get it before or after the end of the first.</summary>
    [Test]
    public void VirtioPmem_IsClaimed_AndReleasedAtTheEnd()
    {
        var domain = Field("X18-virtio-pmem-on-host-pmem");
        Assert.That(host.Run(Point, domain).Status, Is.Zero);
        var identity = host.Ledger.List().Records.Single().Identity;
        var mine = host.Environment["vmId"];
        host.Environment["vmId"] = "6b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10";
        host.AssertRefused(Point, domain, NvdimmCodes.ClaimHeld);
        host.Environment["vmId"] = mine;
        using (var qemu = new FakeQemu(host.Root, "vp", HookHost.VmId, host.Device(0)))
        {
            Assert.That(host.Run("after_vm_start", domain).Status, Is.Zero);
            Assert.That(host.Claims.Find(identity).Claim!.Holder.ProcessId, Is.EqualTo(qemu.Id));
        }

        Assert.That(host.Run("before_vm_hibernate", domain).Status, Is.EqualTo(ExitStatus.Refused));
        Assert.That(host.Run("after_vm_destroy", domain).Status, Is.Zero);
        Assert.That(host.Claims.Find(identity).Claim, Is.Null);
        host.Environment["vmId"] = "6b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10";
        host.AssertRefused(Point, domain, NvdimmCodes.UsedByOtherVm);
    }

    /// <summary>The device was an NVDIMM with labels: as virtio-pmem its guest would overwrite them.</summary>
    [Test]
    public void VirtioPmem_OnADeviceWithLabels_IsRefused()
    {
        Resize(1L << 30);
        Place("F1-x86-v1.1-label-size-2MiB-one-namespace-orders-db.bin.gz", 1071644672);
        host.AssertRefused(Point, Field("X18-virtio-pmem-on-host-pmem"), NvdimmCodes.LayoutMoved);
        AssertRecorded("");
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private string Field(string name) => Here(TestFiles.Text("field-domains", name + ".xml"));

    private string Here(string domain)
    {
        if (domain.Contains("/srv/backend2.img", StringComparison.Ordinal))
        {
            using var file = File.OpenWrite(host.Write("srv/backend2.img", ""));
            file.SetLength(16L << 30);
        }

        return domain.Replace("/srv/", $"{host.Root}/srv/", StringComparison.Ordinal)
            .Replace("/dev/pmem", Path.Combine(host.Root, "dev", "pmem"), StringComparison.Ordinal)
            .Replace("/dev/disk", Path.Combine(host.Root, "dev", "disk"), StringComparison.Ordinal);
    }

    private void Place(string labels, long offset)
    {
        using var packed = new GZipStream(File.OpenRead(TestFiles.PathOf("labels", labels)), CompressionMode.Decompress);
        using var device = File.OpenWrite(host.Device(0));
        device.Seek(offset, SeekOrigin.Begin);
        packed.CopyTo(device);
    }

    /// <summary>Gives the first device another size.</summary>
    private void Resize(long size)
    {
        host.Write($"{host.Pfn(0)}/block/pmem0/size", $"{size / 512}\n");
        using var device = File.OpenWrite(host.Device(0));
        device.SetLength(size);
    }

    private string Hash()
    {
        using var device = File.OpenRead(host.Device(0));
        return Convert.ToHexString(SHA256.HashData(device));
    }

    /// <summary>Each record has a claim of this VM; where there is none, nothing is in the folder but what the lock needs.</summary>
    private void AssertRecorded(string layouts)
    {
        var records = host.Ledger.List().Records;
        Assert.That(
            string.Join(" | ", records.Select(record => record.Layout!).Select(layout =>
                $"{layout.BackendSize.Bytes} {layout.AlignSize.Bytes} {layout.LabelSize.Bytes} {layout.GuestSize.Bytes}")),
            Is.EqualTo(layouts));
        Assert.That(records.Select(record => host.Claims.Find(record.Identity).Claim?.Holder.VmId), Is.All.EqualTo(HookHost.VmId));
        var claims = Directory.EnumerateFiles(host.State, "*.claim", SearchOption.AllDirectories);
        Assert.That(claims.Count(), Is.EqualTo(records.Count));
    }
}
