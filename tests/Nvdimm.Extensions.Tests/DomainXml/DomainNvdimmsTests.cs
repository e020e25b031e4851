using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.DomainXml;

public sealed class DomainNvdimmsTests
{
    /// <summary>As libvirt 9.0.0 showed it for a paused domain with 256 MiB: the 896.125 MiB that were asked for are 898, and in the memory.</summary>
    [Test]
    public void Read_RunningDomain()
    {
        var result = DomainNvdimms.Read(TestFiles.Text("domain", "libvirt-running.xml"));
        Assert.That(result.Findings, Is.Empty);
        var element = result.Elements.Single();
        Assert.That(element.TargetSize, Is.EqualTo(ByteSize.FromMiB(898)));
        Assert.That((element.AlignSize, element.LabelSize), Is.EqualTo((ByteSize.FromKiB(4), ByteSize.FromKiB(128))));
        Assert.That((element.GuestNode, element.Uuid, element.Alias, element.IsShared, element.IsPmem), Is.EqualTo((0, (Guid?)null, "ua-1", true, true)));
        Assert.That(element.Architecture, Is.EqualTo(GuestArchitecture.X86_64));
        Assert.That(result.NetMemory, Is.EqualTo(ByteSize.FromMiB(256)));
    }

    [Test]
    public void Read_EveryUnitAndNothingOptional()
    {
        var xml = Domain("<memory model='nvdimm'><source><path>p</path></source><target><size unit='G'>1</size></target></memory>").Replace(" arch=\"x86_64\"", "");
        var element = DomainNvdimms.Read(xml).Elements.Single();
        Assert.That((element.Path, element.TargetSize), Is.EqualTo(("p", ByteSize.FromGiB(1))));
        Assert.That((element.AlignSize, element.LabelSize, element.GuestNode, element.Uuid, element.Alias), Is.EqualTo(((ByteSize?)null, (ByteSize?)null, (int?)null, (Guid?)null, (string?)null)));
        Assert.That((element.IsShared, element.IsPmem, element.Architecture), Is.EqualTo((false, false, (GuestArchitecture?)null)));
        Assert.That(element.ToXml(), Is.EqualTo("<memory model=\"nvdimm\">\n  <source>\n    <path>p</path>\n  </source>\n  <target>\n    <size unit=\"KiB\">1048576</size>\n  </target>\n</memory>"));
        Assert.That(DomainSamples.Codes(DomainXmlEditor.Add(DomainSamples.Minimal, element).Findings), Is.EqualTo(new[] { NvdimmCodes.XmlNoGuestNode }));
    }

    [TestCase("49545eb3-75e1-4234-bf05-b6e4a8a4e9a5")]
    [TestCase("49545EB375E14234BF05B6E4A8A4E9A5")]
    public void Read_Uuid(string uuid)
    {
        var xml = Domain($"<memory model='nvdimm'><uuid>{uuid}</uuid><source><path>p</path></source><target><size>1024</size><node> 3</node></target></memory>");
        Assert.That((DomainNvdimms.Read(xml).Elements[0].Uuid, DomainNvdimms.Read(xml).Elements[0].GuestNode), Is.EqualTo(((Guid?)new Guid("49545eb3-75e1-4234-bf05-b6e4a8a4e9a5"), (int?)3)));
    }

    [Test]
    public void Read_OddOnes_CostTheOthersNothing()
    {
        var good = DomainSamples.Element();
        var xml = Domain(
            "<memory model='dimm'><target><size>bad</size></target></memory>"
            + "<memory model='nvdimm'/>"
            + good.ToXml()
            + "<memory model='nvdimm'><uuid>u</uuid><source><path>p</path><alignsize>a</alignsize></source><target><size unit='furlong'>1</size><node>n</node><label><size>l</size></label></target></memory>");
        var result = DomainNvdimms.Read(xml);
        Assert.That(result.Elements, Is.EqualTo(new[] { good }));
        Assert.That(DomainSamples.Codes(result.Findings), Is.All.EqualTo(NvdimmCodes.XmlBadValue));
        Assert.That(
            result.Findings.Select(finding => $"{finding["element"]}={finding["value"]}"),
            Is.EqualTo(new[] { "path=", "size=", "size=1 furlong", "alignsize=a", "size=l", "node=n", "uuid=u" }));
        Assert.That(result.NetMemory, Is.Null);
    }

    [Test]
    public void Read_MemoryNotLargerThanTheNvdimms_NoNetMemory()
    {
        Assert.That(DomainNvdimms.Read(Domain(DomainSamples.Element(sizeMiB: 2048).ToXml())).NetMemory, Is.Null);
        var two = string.Concat(Enumerable.Repeat("<memory model='nvdimm'><source><path>p</path></source><target><size unit='E'>7</size></target></memory>", 2));
        Assert.That(DomainNvdimms.Read(Domain(two)).NetMemory, Is.Null);
    }

    [Test]
    public void Read_NoMemory_IsAFinding()
    {
        var result = DomainNvdimms.Read("<domain><devices/></domain>");
        Assert.That((result.Elements, result.NetMemory), Is.EqualTo((ValueList<NvdimmElement>.Empty, (ByteSize?)null)));
        Assert.That((result.Findings.Count, result.MemoryFindings.Single()["element"]), Is.EqualTo((0, "memory")));
    }

    [Test]
    public void Match_ByPath()
    {
        var one = DomainSamples.Element();
        var two = DomainSamples.Element("/dev/pmem1");
        var three = DomainSamples.Element("/dev/pmem2");
        var device = DomainSamples.Device();
        var matches = DomainNvdimms.Match(
            [one, two, three], [device, device with { Path = null }, device with { Path = "/dev/pmem2", Name = "a" }, device with { Path = "/dev/pmem2", Name = "b" }]);
        Assert.That(matches.Pairs, Is.EqualTo(new[] { new NvdimmMatch(one, device) }));
        Assert.That(matches.Findings, Is.EqualTo(new[]
        {
            Finding.Warning(NvdimmCodes.XmlUnmatched, ("path", "/dev/pmem1")),
            Finding.Error(NvdimmCodes.AmbiguousDevice, ("device", "/dev/pmem2"), ("candidates", "a, b")),
        }));
    }

    [Test]
    public void Null_Throws()
    {
        Assert.That(() => DomainNvdimms.Read((string)null!), Throws.ArgumentNullException);
        Assert.That(() => DomainNvdimms.Match(null!, []), Throws.ArgumentNullException);
        Assert.That(() => DomainNvdimms.Match([], null!), Throws.ArgumentNullException);
    }

    private static string Domain(string devices) => DomainSamples.Minimal.Replace("<memballoon model=\"none\"/>", devices);
}
