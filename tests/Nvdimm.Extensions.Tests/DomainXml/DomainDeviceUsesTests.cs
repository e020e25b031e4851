using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests.DomainXml;

public sealed class DomainDeviceUsesTests
{
    private const string CommandLine = "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><devices/><qemu:commandline>{0}</qemu:commandline></domain>";

    [TestCase("X16-qemu-commandline-nvdimm", "Argument /dev/pmem0 QEMU argument 'mem-path=/dev/pmem0' memory")]
    [TestCase("X17-same-device-as-virtio-disk", "Disk /dev/pmem0 disk vda|Nvdimm /dev/pmem0 NVDIMM 1 memory")]
    [TestCase("X14-same-path-twice", "Nvdimm /dev/pmem0 NVDIMM 1 memory|Nvdimm /dev/pmem0 NVDIMM 2 memory")]
    [TestCase("golden-virtio-pmem-same-path", "VirtioPmem /dev/pmem0 virtio-pmem 1 memory|Nvdimm /dev/pmem1 NVDIMM 1 memory")]
    [TestCase("gomodule-dimm-with-path-and-label", "")]
    [TestCase("tp-backing-hugepages", "Nvdimm /dev/pmem0 NVDIMM 1 memory|Nvdimm /dev/pmem1 NVDIMM 2 memory")]
    public void Read_DomainsOfTheField(string name, string uses) => Assert.That(Text(FieldDomains.Text(name)), Is.EqualTo(uses));

    /// <summary>One finding for each device, which names all its uses.</summary>
    [TestCase("X17-same-device-as-virtio-disk", "This domain uses /dev/pmem0 more than once: as disk vda and as NVDIMM 1. Each use overwrites the data of the others. Keep one of them.")]
    [TestCase("X14-same-path-twice", "This domain uses /dev/pmem0 more than once: as NVDIMM 1 and as NVDIMM 2. Each use overwrites the data of the others. Keep one of them.")]
    [TestCase("tp-same-path-twice", "This domain uses /dev/pmem0 more than once: as NVDIMM 1 and as NVDIMM 2. Each use overwrites the data of the others. Keep one of them.")]
    public void Twice_TheSameDevice_IsOneError(string name, string message)
    {
        var finding = Twice(FieldDomains.Text(name)).Single();
        Assert.That((finding.Severity, finding.Message), Is.EqualTo((Severity.Error, message)));
    }

    [Test]
    public void Twice_EveryOtherDomainOfTheField_UsesNothingTwice()
    {
        var twice = FieldDomains.All.Where(file => Twice(File.ReadAllText(file)).Count > 0).Select(Path.GetFileNameWithoutExtension);
        Assert.That(twice, Is.EquivalentTo(new[] { "X14-same-path-twice", "X17-same-device-as-virtio-disk", "tp-same-path-twice" }));
    }

    [TestCase("virtio-pmem", "<memory model='virtio-pmem'><source><path>//dev/./pmem0</path></source></memory>", "NVDIMM 1 and as virtio-pmem 1")]
    [TestCase("image behind a disk", "<disk><source file='/a.qcow2'/><backingStore><source dev='/dev/pmem0'/></backingStore><target dev='vdb'/></disk>", "NVDIMM 1 and as an image of disk vdb")]
    [TestCase("disk without target", "<disk><source dev='/dev/pmem0'/></disk>", "NVDIMM 1 and as disk 1")]
    [TestCase("serial port", "<serial type='dev'><source path='/dev/pmem0'/></serial>", "NVDIMM 1 and as serial 1")]
    [TestCase("another path", "<disk><source dev='/dev/pmem0/..'/></disk>", null)]
    [TestCase("pool volume", "<disk><source pool='p' volume='/dev/pmem0'/></disk>", null)]
    public void Twice_OtherUses(string name, string device, string? uses)
    {
        var findings = Twice(RefusalRows.Domain(RefusalRows.Nvdimm() + device));
        Assert.That(findings.Select(finding => finding["uses"]), Is.EqualTo(uses is null ? [] : new[] { uses }), name);
    }

    [TestCase("'-readconfig' '/a.cfg'", "QEMU argument '-readconfig /a.cfg'")]
    [TestCase("'--readconfig' '/a.cfg'", "QEMU argument '--readconfig /a.cfg'")]
    [TestCase("'-set' 'device.nvdimm0.label-size=0'", "QEMU argument '-set device.nvdimm0.label-size=0'")]
    [TestCase("'-set' 'device.ua-mine.addr=0'", "QEMU argument '-set device.ua-mine.addr=0'")]
    [TestCase("'-set' 'object.memnvdimm0.size=1G'", "QEMU argument '-set object.memnvdimm0.size=1G'")]
    [TestCase("'-global' 'nvdimm.label-size=0'", "QEMU argument '-global nvdimm.label-size=0'")]
    [TestCase("'-global' 'driver=pc-dimm,property=addr,value=0'", "QEMU argument '-global driver=pc-dimm,property=addr,value=0'")]
    [TestCase("'-set' 'device.net0.mac=x'", null)]
    [TestCase("'-set' 'device.nvdimmx.mac=x'", null)]
    [TestCase("'-global' 'virtio-net.mac=x'", null)]
    [TestCase("'-device' 'x' '-readconfigs' '/a'", null)]
    public void Read_ArgumentsThatChangeAnNvdimmUnseen_AreErrors(string arguments, string? use)
    {
        var args = arguments.Replace("' '", "'/><qemu:arg value='", StringComparison.Ordinal);
        var domain = CommandLine.Replace("{0}", $"<qemu:arg value={args}/>", StringComparison.Ordinal)
            .Replace("<devices/>", "<devices><memory model='nvdimm'><alias name='ua-mine'/></memory></devices>", StringComparison.Ordinal);
        var findings = DomainDeviceUses.Read(domain).Findings;
        Assert.That(findings.Select(finding => (finding.Code, finding["use"])), Is.EqualTo(use is null ? [] : new[] { (NvdimmCodes.XmlHidden, use) }));
    }

    [TestCase("nvdimm0", "label-size", "0", true, false)]
    [TestCase("ua-mine", "unarmed", "true", true, false)]
    [TestCase("virtio-disk0", "drive", "/dev/pmem0", false, true)]
    [TestCase("net0", "mac", "x", false, false)]
    public void Read_Overrides(string alias, string property, string value, bool isHidden, bool isUse)
    {
        var domain = $"""
            <domain xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'><devices><memory model='nvdimm'><alias name='ua-mine'/></memory></devices>
            <q:override><q:device alias='{alias}'><q:frontend><q:property name='{property}' type='string' value='{value}'/></q:frontend></q:device></q:override></domain>
            """;
        var read = DomainDeviceUses.Read(domain);
        Assert.That(read.Findings.Select(finding => finding["use"]), Is.EqualTo(isHidden ? new[] { $"QEMU override '{property}={value}' of {alias}" } : []));
        Assert.That(read.Uses.Select(use => use.Path), Is.EqualTo(isUse ? new[] { value } : []));
    }

    /// <summary>Two disks of one image are not ours to judge: libvirt has its own rules for them.</summary>
    [Test]
    public void Twice_TwoDisks_AreNoFinding() =>
        Assert.That(Twice(RefusalRows.Domain("<disk><source dev='/dev/sda'/></disk><disk><source dev='/dev/sda'/></disk>")), Is.Empty);

    [TestCase("'-object' 'memory-backend-file,id=m,mem-path=/dev/pmem0,size=1G'", "Argument /dev/pmem0 QEMU argument 'mem-path=/dev/pmem0' memory")]
    [TestCase("'-object' '{\"qom-type\":\"memory-backend-file\",\"mem-path\":\"/dev/pmem0\"}'", "Argument /dev/pmem0 QEMU argument 'mem-path=/dev/pmem0' memory")]
    [TestCase("'-mem-path' '/dev/pmem0'", "Argument /dev/pmem0 QEMU argument '-mem-path /dev/pmem0' memory")]
    [TestCase("'-drive' 'file=/dev/pmem0,format=raw'", "Argument /dev/pmem0 QEMU argument 'file=/dev/pmem0'")]
    [TestCase("'-drive' 'file=host_device:/dev/pmem0'", "Argument /dev/pmem0 QEMU argument 'file=/dev/pmem0'")]
    [TestCase("'-blockdev' 'driver=host_device,filename=/dev/pmem0'", "Argument /dev/pmem0 QEMU argument 'filename=/dev/pmem0'")]
    [TestCase("'-blockdev' '{\"driver\":\"raw\",\"file\":{\"driver\":\"host_device\",\"filename\":\"/dev/pmem0\"}}'", "Argument /dev/pmem0 QEMU argument 'filename=/dev/pmem0'")]
    [TestCase("'-hda' '/dev/pmem0'", "Argument /dev/pmem0 QEMU argument '-hda /dev/pmem0'")]
    [TestCase("'-object' '{&apos;mem-path&apos;:&apos;/dev/pmem0&apos;}'", "Argument /dev/pmem0 QEMU argument 'mem-path=/dev/pmem0' memory")]
    [TestCase("'-object' 'memory-backend-file,id=m,mem-path=dev/pmem0'", "Argument /dev/pmem0 QEMU argument 'mem-path=/dev/pmem0' memory")]
    [TestCase("'/dev/pmem0'", "Argument /dev/pmem0 QEMU argument '/dev/pmem0'")]
    [TestCase("'-drive' 'file=/dev/a,,b,if=none'", "Argument /dev/a,b QEMU argument 'file=/dev/a,b'")]
    [TestCase("'-machine' 'nvdimm=on'", "")]
    [TestCase("'{' '{\"a\":\"\\ud800\"}' '{\"a\":\"/b\"'", "Argument /b QEMU argument 'a=/b'")]
    public void Read_Arguments(string arguments, string uses)
    {
        var all = string.Concat(arguments.Split('\'', StringSplitOptions.RemoveEmptyEntries).Where(word => word != " ").Select(word => $"<qemu:arg value='{word}'/>"));
        Assert.That(Text(CommandLine.Replace("{0}", all, StringComparison.Ordinal)), Is.EqualTo(uses));
    }

    /// <summary>Whoever has the host compares devices as well as texts, and is asked only where one of two files is memory.</summary>
    [Test]
    public void Twice_ByWhatIsBehindThePaths()
    {
        const string Disks = "<disk><source dev='/dev/pmem0'/><target dev='vda'/></disk><disk><source file='/x'/></disk>"
            + "<disk><source dev='/dev/pmem0p1'/></disk>";
        var uses = DomainDeviceUses.Read(RefusalRows.Domain(RefusalRows.Nvdimm("/dev/disk/by-id/a") + Disks)).Uses;
        Assert.That(DomainDeviceUses.Duplicates(uses), Is.Empty);
        var asked = new List<string>();
        var finding = DomainDeviceUses.Duplicates(uses, AreSame).Single();
        Assert.That((finding["path"], finding["uses"]), Is.EqualTo(("/dev/disk/by-id/a", "NVDIMM 1 and as disk vda and as disk 3")));
        Assert.That(asked, Has.None.EqualTo("/x /dev/pmem0p1"));

        bool AreSame(DomainDeviceUse one, DomainDeviceUse other)
        {
            asked.Add($"{one.Path} {other.Path}");
            return one.Path.StartsWith("/dev", StringComparison.Ordinal) && other.Path.StartsWith("/dev", StringComparison.Ordinal);
        }
    }

    /// <summary>A third use that is the same as two that are not yet together puts them together: one finding.</summary>
    [Test]
    public void Twice_AThirdUse_JoinsTwo()
    {
        var uses = DomainDeviceUses.Read(RefusalRows.Domain(RefusalRows.Nvdimm("/a") + RefusalRows.Nvdimm("/b") + "<disk><source dev='/c'/></disk>")).Uses;
        var finding = DomainDeviceUses.Duplicates(uses, (_, other) => other.Path == "/c").Single();
        Assert.That(finding["uses"], Is.EqualTo("NVDIMM 1 and as NVDIMM 2 and as disk 1"));
    }

    [Test]
    public void Read_NoDomain_SaysWhy()
    {
        var result = DomainDeviceUses.Read("<domain>");
        Assert.That((result.Uses.Count, DomainSamples.Codes(result.Findings)), Is.EqualTo((0, new[] { NvdimmCodes.XmlMalformed })));
        Assert.That(() => DomainDeviceUses.Read((string)null!), Throws.ArgumentNullException);
        Assert.That(() => DomainDeviceUses.Duplicates(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Add_APathThatIsUsedOtherwise_IsRefused() =>
        Assert.That(DomainSamples.Codes(DomainXmlEditor.Add(FieldDomains.Text("X16-qemu-commandline-nvdimm"), DomainSamples.Element()).Findings), Is.EqualTo(new[] { NvdimmCodes.AlreadyAttached }));

    private static ValueList<Finding> Twice(string xml) => DomainDeviceUses.Duplicates(DomainDeviceUses.Read(xml).Uses);

    private static string Text(string xml) =>
        string.Join('|', DomainDeviceUses.Read(xml).Uses.Select(use => $"{use.Kind} {use.Path} {use.Description}{(use.IsMemory ? " memory" : "")}"));
}
