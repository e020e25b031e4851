using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.DomainXml;

public sealed class DomainGuestTests
{
    [Test]
    public void Read_DomainOfOvirt()
    {
        var result = DomainGuest.Read(TestFiles.Text("domain", "ovirt-x86.xml"));
        Assert.That(result.Findings, Is.Empty);
        Assert.That(
            result.Guest,
            Is.EqualTo(new DomainGuest
            {
                Name = "pmem-vm",
                Architecture = GuestArchitecture.X86_64,
                NumaNodes = [new GuestNumaNode(0, [0]), new GuestNumaNode(1, [1])],
                MaxMemory = ByteSize.FromGiB(8),
                MemoryDevices = 0,
                Memory = ByteSize.FromGiB(2),
                Id = "5b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10",
                Machine = "pc-q35-7.2",
            }));
    }

    [TestCase("<maxMemory slots='4'>8388608</maxMemory>", 4)]
    [TestCase("<maxMemory slots='many'>8388608</maxMemory>", 16)]
    [TestCase("", 16)]
    public void Read_Slots(string maxMemory, int slots) =>
        Assert.That(DomainGuest.Read($"<domain>{maxMemory}<devices/></domain>").Guest?.MemorySlots, Is.EqualTo(slots));

    /// <summary>KVM gives every model the vendor of the host's CPU; QEMU's own default is AMD's.</summary>
    [TestCase("<domain type='kvm'><cpu><model>EPYC</model></cpu><devices/></domain>", null)]
    [TestCase("<domain><devices/></domain>", null)]
    [TestCase("<domain type='qemu'><cpu mode='custom'><model>EPYC-Rome</model></cpu><devices/></domain>", true)]
    [TestCase("<domain type='qemu'><devices/></domain>", true)]
    [TestCase("<domain type='qemu'><cpu><model>Skylake-Server</model></cpu><devices/></domain>", false)]
    public void Read_Vendor(string xml, bool? isAmd) => Assert.That(DomainGuest.Read(xml).Guest!.HasAmdCpu, Is.EqualTo(isAmd));

    [Test]
    public void Read_Smallest()
    {
        var result = DomainGuest.Read("<domain><devices><memory model='dimm'/><memory model='nvdimm'/></devices></domain>");
        Assert.That((result.IsRefused, result.Guest), Is.EqualTo((false, new DomainGuest
        {
            Name = null,
            Architecture = null,
            NumaNodes = [],
            MaxMemory = null,
            MemoryDevices = 2,
        })));
    }

    [TestCase("3", "3")]
    [TestCase("0-3,^2,8", "0,1,3,8")]
    [TestCase(" 1 , 5-6 ", "1,5,6")]
    [TestCase("1-2,^1-2", null)]
    [TestCase("1^2", null)]
    [TestCase("2-1", null)]
    [TestCase("1-2-3", null)]
    [TestCase("1024", null)]
    [TestCase("-1", null)]
    [TestCase("", null)]
    [TestCase("0,", null)]
    [TestCase("^2", null)]
    [TestCase("1,^1", null)]
    [TestCase("^2,0-3", "0,1,2,3")]
    public void Read_NodeSetOfAllCells(string nodes, string? expected)
    {
        var result = DomainGuest.Read($"<domain><numatune><memory nodeset='{nodes}'/></numatune><cpu><numa><cell/></numa></cpu><devices/></domain>");
        Assert.That(result.Guest is { } guest ? string.Join(',', guest.NumaNodes.Single().HostNodes) : null, Is.EqualTo(expected));
        Assert.That(result.Findings.Select(finding => finding["value"]), Is.EqualTo(expected is null ? new[] { nodes } : []));
    }

    [Test]
    public void Read_MemnodeGoesBeforeTheRest()
    {
        const string Xml = "<domain><numatune><memory nodeset='0-1'/><memnode cellid='7' nodeset='1'/><memnode cellid='x' nodeset='9'/></numatune>"
            + "<cpu><numa><cell id='7'/><cell id=' 3'/></numa></cpu><devices/></domain>";
        Assert.That(DomainGuest.Read(Xml).Guest!.NumaNodes, Is.EqualTo(new[] { new GuestNumaNode(7, [1]), new GuestNumaNode(3, [0, 1]) }));
    }

    /// <summary>Each of many cells, and each of many ranges: a third of a megabyte took minutes.</summary>
    [Test]
    public void Read_ManyCellsOfOneMemnode_CostNoMoreThanTheirText()
    {
        var nodes = string.Concat(Enumerable.Repeat("0-1023,^7,", 5_000));
        var cells = string.Concat(Enumerable.Repeat("<cell id='0'/>", 20_000));
        var memnodes = string.Concat(Enumerable.Repeat("<memnode cellid='1' nodeset='1'/>", 20_000));
        var xml = $"<domain><numatune>{memnodes}<memnode cellid='0' nodeset='{nodes}2'/></numatune><cpu><numa>{cells}</numa></cpu><devices/></domain>";
        var guest = DomainGuest.Read(xml).Guest!;
        Assert.That(guest.NumaNodes, Has.Count.EqualTo(20_000));
        Assert.That(guest.NumaNodes[^1].HostNodes, Is.EqualTo(Enumerable.Range(0, 1024).Where(node => node != 7)));
    }

    [TestCase("<domain><cpu><numa><cell id='x'/></numa></cpu><devices/></domain>", NvdimmCodes.XmlBadValue)]
    [TestCase("<domain><maxMemory>much</maxMemory><devices/></domain>", NvdimmCodes.XmlBadValue)]
    [TestCase("<domain>", NvdimmCodes.XmlMalformed)]
    [TestCase("<network/>", NvdimmCodes.XmlNotDomain)]
    public void Read_Refused(string xml, string code)
    {
        var result = DomainGuest.Read(xml);
        Assert.That((result.IsRefused, string.Join(',', result.Findings.Select(finding => finding.Code))), Is.EqualTo((true, code)));
    }
}
