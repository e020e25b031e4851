using Newtonsoft.Json.Linq;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Devices;

/// <summary>sysfs says what ndctl 76.1, and 85 on Linux 7.2, said on the same hosts.</summary>
public sealed class SysfsNvdimmReaderTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCase("main-00-fresh")]
    [TestCase("main-01-labels-initialised")]
    [TestCase("main-02-all-modes")]
    [TestCase("nonuma")]
    [TestCase("single-devdax")]
    [TestCase("single-fsdax")]
    [TestCase("linux72-e820-00-fresh")]
    [TestCase("linux72-e820-01-converted")]
    [TestCase("linux72-virtio-pmem-01-converted")]
    [TestCase("linux72-ramdax")]
    [TestCase("linux72-cxl-pmem-all-modes")]
    [TestCase("linux72-famfs")]
    public void List_IsWhatNdctlLists(string scenario)
    {
        CapturedSysfs.Make(folder, scenario);
        var listed = JArray.Parse(TestFiles.Text("ndctl", scenario, "list-N-v.json")).OrderBy(entry => (string)entry["dev"]!, StringComparer.Ordinal).Select(Expected);
        var found = new SysfsNvdimmReader(folder.Path).List().Where(device => device.Path is not null).Select(device =>
            (device.Name, device.ReportedMode, device.Size?.Bytes, device.Uuid, device.RawUuid, device.Align?.Bytes, device.Label, device.NumaNode, Path.GetFileName(device.Path)));
        Assert.That(found, Is.EqualTo(listed));
    }

    [Test]
    public void Find_IsTheListedDevice_ForEachDeviceFile()
    {
        CapturedSysfs.Make(folder, "main-02-all-modes");
        var reader = new SysfsNvdimmReader(folder.Path);
        var devices = reader.List();
        Assert.That(devices, Has.Count.EqualTo(19));
        Assert.That(devices.Select(device => reader.Find(device.Path!)), Is.EqualTo(devices));
        Assert.That(reader.Find(folder.PathOf("dev", "pmem99")), Is.Null);
        Assert.That(reader.Find(folder.Write("elsewhere/pmem1", "")), Is.Null, "a file that only has the name");
        Assert.That(reader.Find("/dev/null"), Is.Null);
    }

    /// <summary>Without a superblock the kernel maps such namespaces all the same, and keeps its page structures in RAM.</summary>
    [TestCase("linux72-e820-00-fresh", "namespace0.0 namespace1.0 namespace2.0 namespace3.0")]
    [TestCase("linux72-e820-01-converted", "namespace2.0 namespace3.0")]
    [TestCase("linux72-virtio-pmem-01-converted", "namespace1.0")]
    [TestCase("main-02-all-modes", "")]
    public void Map_IsTheHostsMemory_WhereNdctlSaysSo(string scenario, string names)
    {
        CapturedSysfs.Make(folder, scenario);
        var mapped = new SysfsNvdimmReader(folder.Path).List().Where(device => device.Map == NamespaceMap.Memory).ToList();
        Assert.That(string.Join(' ', mapped.Select(device => device.Name)), Is.EqualTo(names));
        Assert.That(mapped.Select(device => (device.Mode, device.ReportedMode, device.IsUsable)), Is.All.EqualTo((NamespaceMode.Fsdax, "fsdax", true)));
    }

    /// <summary>A namespace with labels that is shown so has lost its superblock: what is under the name is its raw area.</summary>
    [Test]
    public void LabelledNamespace_MappedWithoutSuperblock_IsRefused()
    {
        CapturedSysfs.Make(folder, "linux72-e820-00-fresh");
        var space = folder.PathOf("sys", "bus", "nd", "devices", "namespace0.0");
        File.WriteAllText(Path.Combine(space, "uuid"), "47a277ba-bdff-4d56-a6f0-743473c63487\n");
        Assert.That(new SysfsNvdimmReader(folder.Path).List()[0].Findings.Single().Code, Is.EqualTo(NvdimmCodes.RawAreaOffered));
    }

    /// <summary>RAM and what a VM has of its host promise nothing.</summary>
    [TestCase("linux72-e820-01-converted", "e820", null, BackingPersistence.DaxUnproven)]
    [TestCase("linux72-ramdax", "ramdax", null, BackingPersistence.DaxUnproven)]
    [TestCase("linux72-cxl-pmem-all-modes", "CXL", "memory_controller", BackingPersistence.Dax)]
    [TestCase("linux72-famfs", "ACPI.NFIT", null, BackingPersistence.DaxUnproven)]
    public void WithPromise_IsThatOfBusAndRegion(string scenario, string provider, string? domain, BackingPersistence persistence)
    {
        CapturedSysfs.Make(folder, scenario);
        var reader = new SysfsNvdimmReader(folder.Path);
        var devdax = reader.List().Where(device => device.IsDevdax).ToList();
        Assert.That(devdax.Select(device => device.BusProvider), Is.Not.Empty.And.All.Null, "who starts a VM does not read it");
        var promised = devdax.Select(device => reader.WithPromise(device with { Path = $"/dev/{Path.GetFileName(device.Path)}" }));
        Assert.That(promised.Select(device => (device.BusProvider, device.PersistenceDomain, device.Persistence)), Is.All.EqualTo((provider, domain, persistence)));
        var other = new NvdimmDevice { Name = "namespace77.0", PersistenceDomain = "cpu_cache" };
        Assert.That(reader.WithPromise(other), Is.EqualTo(other));
    }

    /// <summary>It counts where the namespace has no label of its own; everywhere else it would be read for nothing.</summary>
    [TestCase("main-02-all-modes")]
    [TestCase("nonuma")]
    public void InterleaveSet_IsThatOfTheRegion_WhereThereIsNoRawUuid(string scenario)
    {
        CapturedSysfs.Make(folder, scenario);
        var devices = new SysfsNvdimmReader(folder.Path).List();
        Assert.That(devices.Where(device => device.RawUuid is not null).Select(device => device.InterleaveSet), Is.All.Null);
        foreach (var device in devices.Where(device => device.RawUuid is null))
        {
            var cookie = folder.PathOf("sys", "bus", "nd", "devices", device.Region!, "set_cookie");
            Assert.That(device.InterleaveSet, Is.EqualTo(File.Exists(cookie) ? File.ReadAllText(cookie).Trim() : null), device.Name);
        }
    }

    /// <summary>A namespace without any uuid is told by its DIMMs: their ids, or their names where the bus is no NFIT.</summary>
    [Test]
    public void NamespaceWithoutUuid_HasInterleaveSetAndDimms()
    {
        const string Region = "sys/devices/ndbus0/region0";
        folder.Write($"{Region}/namespace0.0/size", "1073741824\n");
        folder.Write($"{Region}/namespace0.0/block/pmem0/size", "2097152\n");
        folder.Write($"{Region}/set_cookie", "0x2468ac00123456\n");
        folder.Write($"{Region}/mappings", "2\n");
        folder.Write($"{Region}/mapping0", "nmem1,0,536870912,0\n");
        folder.Write($"{Region}/mapping1", "nmem0,0,536870912,1\n");
        folder.Write("sys/devices/ndbus0/nmem1/nfit/id", "8089-a2-1837-00000af1\n");
        Directory.CreateDirectory(folder.PathOf("sys", "bus", "nd", "devices"));
        Directory.CreateSymbolicLink(folder.PathOf("sys", "bus", "nd", "devices", "namespace0.0"), folder.PathOf("sys", "devices", "ndbus0", "region0", "namespace0.0"));
        var device = new SysfsNvdimmReader(folder.Path).List().Single();
        Assert.That((device.Uuid, device.InterleaveSet), Is.EqualTo(((Guid?)null, "0x2468ac00123456")));
        Assert.That(device.Dimms, Is.EqualTo(["8089-a2-1837-00000af1", "nmem0"]));
    }

    /// <summary>Each kind of bus has the counter of a DIMM in a folder of its own, and some DIMMs have none.</summary>
    [TestCase("", "", null)]
    [TestCase("nfit:3", "", null)]
    [TestCase("nfit:3", "nfit:many", null)]
    [TestCase("nfit:3", "nfit:0", 3L)]
    [TestCase("papr:7", "papr:1", 8L)]
    [TestCase("cxl:1", "nfit:41", 42L)]
    [TestCase("nfit:9223372036854775807", "nfit:2", long.MaxValue)]
    public void DirtyShutdowns_AreTheSumOfTheDimms(string first, string second, long? sum)
    {
        CapturedSysfs.Make(folder, "single-fsdax");
        var region = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder.PathOf("sys", "bus", "nd", "devices"), new DirectoryInfo(folder.PathOf("sys", "bus", "nd", "devices", "namespace0.0")).LinkTarget!)))!;
        File.WriteAllText(Path.Combine(region, "mappings"), "2\n");
        foreach (var (number, counter) in new[] { first, second }.Index())
        {
            File.WriteAllText(Path.Combine(region, $"mapping{number}"), $"nmem{number},0,536870912,{number}\n");
            if (counter.Split(':') is [var bus, var count])
            {
                var dimm = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(region)!, $"nmem{number}", bus)).FullName;
                File.WriteAllText(Path.Combine(dimm, "dirty_shutdown"), $"{count}\n");
            }
        }

        Assert.That(new SysfsNvdimmReader(folder.Path).List().Single().DirtyShutdowns, Is.EqualTo(sum));
    }

    /// <summary>A folder that leads to itself stands for any that cannot be looked into.</summary>
    [Test]
    public void Find_FileThatCannotBeSeen_IsNotTakenForAbsent()
    {
        var closed = folder.PathOf("closed");
        File.CreateSymbolicLink(closed, closed);
        Assert.That(() => new SysfsNvdimmReader(folder.Path).Find(Path.Combine(closed, "pmem0")), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void Find_ThroughALink_KeepsItsName()
    {
        CapturedSysfs.Make(folder, "single-fsdax");
        var reader = new SysfsNvdimmReader(folder.Path);
        var device = reader.List().Single();
        var link = folder.PathOf("by-name");
        File.CreateSymbolicLink(link, device.Path!);
        Assert.That(reader.Find(link), Is.EqualTo(device with { Path = link }));
    }

    [Test]
    public void Find_UnderAnotherSpelling_IsTheDevice()
    {
        CapturedSysfs.Make(folder, "single-devdax");
        var reader = new SysfsNvdimmReader(folder.Path);
        var device = reader.List().Single();
        Directory.CreateSymbolicLink(folder.PathOf("alias"), "dev");
        foreach (var path in new[] { $"{folder.PathOf("dev")}//dax0.0", folder.PathOf("dev", ".", "dax0.0"), folder.PathOf("alias", "dax0.0"), folder.PathOf("alias", "..", "dev", "dax0.0") })
        {
            Assert.That(reader.Find(path), Is.EqualTo(device with { Path = path }), path);
        }
    }

    [Test]
    public void Find_BelowARootThatIsALink_IsTheDevice()
    {
        CapturedSysfs.Make(folder, "single-fsdax");
        var name = Path.GetFileName(new SysfsNvdimmReader(folder.Path).List().Single().Path!);
        using var other = new TemporaryFolder();
        var root = other.PathOf("host");
        Directory.CreateSymbolicLink(root, folder.Path);
        Assert.That(new SysfsNvdimmReader(root).Find(Path.Combine(root, "dev", name))?.Path, Is.EqualTo(Path.Combine(root, "dev", name)));
    }

    [Test]
    public void Dax_AsSystemRam_IsUnusable()
    {
        CapturedSysfs.Make(folder, "single-devdax");
        var dax = Directory.GetFileSystemEntries(folder.PathOf("sys", "bus", "dax", "devices")).Single();
        File.Delete(Path.Combine(dax, "driver"));
        Assert.That(Codes(), Is.EqualTo(new[] { NvdimmCodes.DaxDisabled }));
        File.CreateSymbolicLink(Path.Combine(dax, "driver"), "../../../bus/dax/drivers/kmem");
        Assert.That(Codes(), Is.EqualTo(new[] { NvdimmCodes.DaxSystemRam }));
    }

    /// <summary>
    /// No Linux divides the dax region of a namespace (the lab's DividedRegionTests). If one did, no part would be taken for the whole: not for
    /// its records, and not by its file.
    /// </summary>
    [Test]
    public void Dax_ThatIsDivided_IsRefusedUnderEachOfItsFiles()
    {
        CapturedSysfs.Make(folder, "single-devdax");
        var whole = new SysfsNvdimmReader(folder.Path).List().Single();
        var bus = folder.PathOf("sys", "bus", "dax", "devices");
        var first = Directory.ResolveLinkTarget(Directory.GetFileSystemEntries(bus).Single(), returnFinalTarget: true)!.FullName;
        var second = Path.Combine(Path.GetDirectoryName(first)!, "dax0.1");
        Directory.CreateDirectory(second);
        File.CreateSymbolicLink(Path.Combine(second, "driver"), "../../bus/dax/drivers/device_dax");
        foreach (var (attribute, value) in new[] { ("size", "67108864"), ("align", "2097152"), ("target_node", "0") })
        {
            File.WriteAllText(Path.Combine(second, attribute), $"{value}\n");
        }

        Directory.CreateSymbolicLink(Path.Combine(bus, "dax0.1"), second);
        folder.Write("dev/dax0.1", "");
        File.WriteAllText(Path.Combine(first, "size"), $"{whole.Size!.Value.Bytes - 67108864}\n");
        Assert.That(Codes(), Is.EqualTo(new[] { NvdimmCodes.DaxSizeMismatch }));
        foreach (var name in new[] { "dax0.0", "dax0.1" })
        {
            var found = new SysfsNvdimmReader(folder.Path).Find(folder.PathOf("dev", name))!;
            Assert.That((found.Path, found.IsUsable), Is.EqualTo((folder.PathOf("dev", name), false)));
            Assert.That(DeviceIdentity.Of(found), Is.Not.EqualTo(DeviceIdentity.Of(whole)));
        }
    }

    /// <summary>Linux 7 has drivers of dax devices that cannot be mapped: famfs is one (<c>fsdev_dax</c>).</summary>
    [TestCase("fsdev_dax", "the mode famfs")]
    [TestCase("some_new_dax", "a driver other than device_dax")]
    public void Dax_WithAnotherDriver_IsUnusable(string driver, string use)
    {
        CapturedSysfs.Make(folder, "single-devdax");
        var dax = Directory.GetFileSystemEntries(folder.PathOf("sys", "bus", "dax", "devices")).Single();
        File.Delete(Path.Combine(dax, "driver"));
        File.CreateSymbolicLink(Path.Combine(dax, "driver"), $"../../../bus/dax/drivers/{driver}");
        var finding = new SysfsNvdimmReader(folder.Path).List().Single().Findings.Single();
        Assert.That((finding.Code, finding.Severity, finding["use"]), Is.EqualTo((NvdimmCodes.DaxNotDevdax, Severity.Error, use)));
    }

    [Test]
    public void BlockDevice_OfNoBytes_IsUnusable()
    {
        CapturedSysfs.Make(folder, "single-fsdax");
        File.WriteAllText(Path.Combine(Directory.GetDirectories(folder.PathOf("sys", "block")).Single(), "size"), "0\n");
        Assert.That(Codes(), Is.EqualTo(new[] { NvdimmCodes.ZeroSize }));
    }

    [Test]
    public void BadBlocks_OfABlockDevice_AreCounted()
    {
        CapturedSysfs.Make(folder, "single-fsdax");
        var block = Directory.GetDirectories(folder.PathOf("sys", "block")).Single();
        File.WriteAllText(Path.Combine(block, "badblocks"), "8 4\n100 1\n");
        var device = new SysfsNvdimmReader(folder.Path).List().Single();
        Assert.That((device.BadBlockCount, device.IsUsable), Is.EqualTo((5, true)));
        Assert.That(Codes(), Is.EqualTo(new[] { NvdimmCodes.BadBlocks }));
        File.WriteAllText(Path.Combine(block, "badblocks"), "8 9223372036854775807\n100 1\n");
        Assert.That(new SysfsNvdimmReader(folder.Path).List().Single().BadBlockCount, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void Attribute_ThatIsNoNumber_IsAnErrorThatNamesIt()
    {
        CapturedSysfs.Make(folder, "single-fsdax");
        var space = Directory.GetFileSystemEntries(folder.PathOf("sys", "bus", "nd", "devices"), "namespace0.0").Single();
        File.WriteAllText(Path.Combine(space, "numa_node"), "many\n");
        Assert.That(() => new SysfsNvdimmReader(folder.Path).List(), Throws.InstanceOf<IOException>().With.Message.Contains("numa_node has 'many'"));
    }

    [Test]
    public void Survey_IsTheList_AndSaysWhatCouldNotBeRead()
    {
        CapturedSysfs.Make(folder, "main-02-all-modes");
        var reader = new SysfsNvdimmReader(folder.Path);
        var all = reader.List();
        Assert.That(reader.Survey(), Is.EqualTo(new SysfsListing(all, [])));
        var odd = all[3].Name;
        File.WriteAllText(folder.PathOf("sys", "bus", "nd", "devices", odd, "size"), "large\n");
        var survey = reader.Survey();
        Assert.That(survey.Devices, Is.EqualTo(all.Where(device => device.Name != odd)));
        Assert.That(survey.Unread.Single().Name, Is.EqualTo(odd));
        Assert.That(survey.Unread.Single().Reason, Does.EndWith("/size has 'large', not a number"));
    }

    /// <summary>A start asks for its own devices and for all: what it was told of one stays true for it. What could not be read is asked again.</summary>
    [Test]
    public void ForOneMoment_ReadsEachNamespaceOnce()
    {
        CapturedSysfs.Make(folder, "main-02-all-modes");
        var all = new SysfsNvdimmReader(folder.Path).List();
        var (first, second) = (all[0], all[1]);
        var reader = SysfsNvdimmReader.ForOneMoment(folder.Path);
        Assert.That(reader.Find(first.Path!), Is.EqualTo(first));
        var places = new[] { first, second }.Select(device => folder.PathOf("sys", "bus", "nd", "devices", device.Name, "numa_node")).ToList();
        places.ForEach(place => File.WriteAllText(place, "many\n"));
        Assert.That(reader.Find(first.Path!), Is.EqualTo(first));
        Assert.That(() => reader.Find(second.Path!), Throws.InstanceOf<IOException>());
        Assert.That(reader.Survey().Unread.Select(unread => unread.Name), Is.EqualTo(new[] { second.Name }));
        File.WriteAllText(places[1], $"{second.NumaNode ?? -1}\n");
        Assert.That(reader.Survey(), Is.EqualTo(new SysfsListing(all, [])));
        Assert.That(new SysfsNvdimmReader(folder.Path).Survey().Unread.Select(unread => unread.Name), Is.EqualTo(new[] { first.Name }));
    }

    [TestCase("numa_node", "2147483648", "not a node")]
    [TestCase("block/size", "9223372036854775807", "more than a size can be")]
    [TestCase("block/size", "9007199254740993", "more than a size can be")]
    public void Attribute_BeyondAllNumbers_IsAnErrorThatNamesIt(string attribute, string value, string reason)
    {
        CapturedSysfs.Make(folder, "single-fsdax");
        var place = attribute == "numa_node" ? folder.PathOf("sys", "bus", "nd", "devices", "namespace0.0") : Directory.GetDirectories(folder.PathOf("sys", "block")).Single();
        File.WriteAllText(Path.Combine(place, Path.GetFileName(attribute)), $"{value}\n");
        Assert.That(
            () => new SysfsNvdimmReader(folder.Path).List(),
            Throws.InstanceOf<IOException>().With.Message.EndsWith($"/{Path.GetFileName(attribute)} has '{value}', {reason}"));
    }

    [Test]
    public void Exists_AsksForNamespacesOnly()
    {
        CapturedSysfs.Make(folder, "single-fsdax");
        var reader = new SysfsNvdimmReader(folder.Path);
        Assert.That((reader.Exists("namespace0.0"), reader.Exists("namespace9.9"), reader.Exists("../devices"), reader.Exists("region0")), Is.EqualTo((true, false, false, false)));
        Assert.That(new SysfsNvdimmReader(folder.PathOf("nowhere")).List(), Is.Empty);
    }

    private IEnumerable<string> Codes() => new SysfsNvdimmReader(folder.Path).List().Single().Findings.Select(finding => finding.Code);

    private static (string Name, string? Mode, long? Size, Guid? Uuid, Guid? Raw, long? Align, string? Label, int? Node, string? File) Expected(JToken entry) => (
        (string)entry["dev"]!,
        (string?)entry["mode"],
        (long?)entry["size"],
        (Guid?)entry["uuid"],
        (Guid?)entry["raw_uuid"],
        (long?)entry["align"],
        (string?)entry["name"],
        (int?)entry["numa_node"],
        (string?)entry["blockdev"] ?? (string?)entry["chardev"] ?? (string?)entry.SelectToken("daxregion.devices[0].chardev"));
}
