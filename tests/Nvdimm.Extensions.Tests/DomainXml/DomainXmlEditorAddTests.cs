using CsCheck;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests.DomainXml;

public sealed class DomainXmlEditorAddTests
{
    private static readonly TestCaseData[] RefusedCases =
    [
        Refused("path taken", Attached(), DomainSamples.Element(), NvdimmCodes.AlreadyAttached, NvdimmCodes.XmlAliasTaken),
        Refused("path is a disk", With("<devices>", """<devices><disk type="block"><source dev="/dev/pmem0"/></disk>"""), DomainSamples.Element(), NvdimmCodes.AlreadyAttached),
        Refused("path is a file of a disk", With("<devices>", """<devices><disk type="file"><source file="/dev/pmem0"/></disk>"""), DomainSamples.Element(), NvdimmCodes.AlreadyAttached),
        Refused("alias taken", Attached(), DomainSamples.Element("/dev/pmem9", alias: DomainSamples.Element().Alias), NvdimmCodes.XmlAliasTaken),
        Refused("no NUMA", With("""<cell cpus="0" memory="1048576"/>""", ""), DomainSamples.Element(), EngineCodes.NumaUnavailable),
        Refused("no such cell", DomainSamples.Minimal, DomainSamples.Element(node: 1), NvdimmCodes.XmlNoGuestNode),
        Refused("other cell id", With("<cell ", """<cell id="2" """), DomainSamples.Element(), NvdimmCodes.XmlNoGuestNode),
        Refused("no slot", WithMaxMemory("""<maxMemory slots="0">4194304</maxMemory>"""), DomainSamples.Element(), NvdimmCodes.NoMemorySlot),
        Refused("slots missing", WithMaxMemory("<maxMemory>4194304</maxMemory>"), DomainSamples.Element(), NvdimmCodes.XmlBadValue),
        Refused("slots unreadable", WithMaxMemory("""<maxMemory slots="-1">4194304</maxMemory>"""), DomainSamples.Element(), NvdimmCodes.XmlBadValue),
        Refused("maximum unreadable", WithMaxMemory("""<maxMemory slots="16">much</maxMemory>"""), DomainSamples.Element(), NvdimmCodes.XmlBadValue),
        Refused("maximum without room", WithMaxMemory("""<maxMemory slots="16">9007199254740990</maxMemory>"""), DomainSamples.Element(), NvdimmCodes.XmlBadValue),
        Refused("cell unreadable", With("""memory="1048576"/>""", """memory="1" unit="x"/>"""), DomainSamples.Element(), NvdimmCodes.XmlBadValue),
        Refused("cell without memory", With(""" memory="1048576"/>""", "/>"), DomainSamples.Element(), NvdimmCodes.XmlBadValue),
        Refused("cells overflow", With("""<cell cpus="0" memory="1048576"/>""", """<cell memory="7" unit="E"/><cell memory="7" unit="E"/>"""), DomainSamples.Element(), NvdimmCodes.XmlBadValue),
        Refused("no memory and no cell", With("<memory>1048576</memory>", "").Replace("""<cell cpus="0" memory="1048576"/>""", ""), DomainSamples.Element(), EngineCodes.NumaUnavailable, NvdimmCodes.XmlBadValue),
        Refused("other architecture", DomainSamples.Minimal, DomainSamples.PowerElement(), NvdimmCodes.XmlOtherArchitecture),
        Refused("other architecture of the domain", With("x86_64", "aarch64"), DomainSamples.Element(), NvdimmCodes.XmlOtherArchitecture),
    ];

    [TestCase("ovirt-x86.xml", "ovirt-x86.one.expected.xml")]
    [TestCase("ovirt-x86-no-maxmemory.xml", "ovirt-x86-no-maxmemory.one.expected.xml")]
    [TestCase("pretty-with-dimm.xml", "pretty-with-dimm.one.expected.xml")]
    public void Add_One_Golden(string file, string golden) =>
        Golden.AssertMatches(TestFiles.PathOf("domain", golden), Added(TestFiles.Text("domain", file), DomainSamples.Element()));

    [Test]
    public void Add_Two_Golden() => Golden.AssertMatches(
        TestFiles.PathOf("domain", "ovirt-x86.two.expected.xml"),
        Added(TestFiles.Text("domain", "ovirt-x86.xml"), DomainSamples.Element(), DomainSamples.Element("/dev/pmem1", node: 1, sizeMiB: 1025, alignKiB: 4)));

    [Test]
    public void Add_Power_Golden() => Golden.AssertMatches(
        TestFiles.PathOf("domain", "ovirt-power.one.expected.xml"),
        Added(TestFiles.Text("domain", "ovirt-power.xml"), DomainSamples.PowerElement()));

    [TestCaseSource(nameof(RefusedCases))]
    public void Add_Refused(string domain, NvdimmElement element, string[] codes)
    {
        var result = DomainXmlEditor.Add(domain, element);
        Assert.That(result.IsRefused, Is.True);
        Assert.That(DomainSamples.Codes(result.Findings), Is.EqualTo(codes));
        Assert.That(result.Findings.Select(finding => finding.Message), Has.None.Contains("${"));
    }

    [Test]
    public void Add_ManyThingsWrong_AllAreNamed()
    {
        var result = DomainXmlEditor.Add(
            WithMaxMemory("""<maxMemory slots="1">4194304</maxMemory>""").Replace("<name>vm</name>", ""), DomainSamples.Element(), DomainSamples.Element(), DomainSamples.PowerElement("/dev/pmem3", 7));
        Assert.That(
            DomainSamples.Codes(result.Findings),
            Is.EqualTo(new[] { NvdimmCodes.AlreadyAttached, NvdimmCodes.XmlAliasTaken, NvdimmCodes.XmlNoGuestNode, NvdimmCodes.XmlOtherArchitecture, NvdimmCodes.NoMemorySlot }));
        Assert.That((result.Findings[^1]["needed"], result.Findings[^1]["slots"], result.Findings[^1]["vm"]), Is.EqualTo(("3", "1", "the domain")));
    }

    /// <summary>A DIMM is there, and four slots.</summary>
    [TestCase(3, false)]
    [TestCase(4, true)]
    public void Add_EveryMemoryDeviceTakesASlot(int count, bool isRefused)
    {
        var elements = Enumerable.Range(0, count).Select(i => DomainSamples.Element($"/dev/pmem{i}")).ToArray();
        Assert.That(DomainXmlEditor.Add(TestFiles.Text("domain", "pretty-with-dimm.xml"), elements).IsRefused, Is.EqualTo(isRefused));
    }

    [TestCase(16, false)]
    [TestCase(17, true)]
    public void Add_NoMaxMemory_SixteenSlots(int count, bool isRefused)
    {
        var elements = Enumerable.Range(0, count).Select(i => DomainSamples.Element($"/dev/pmem{i}")).ToArray();
        Assert.That(DomainXmlEditor.Add(DomainSamples.Minimal, elements).IsRefused, Is.EqualTo(isRefused));
    }

    [Test]
    public void Add_NoAcpi_IsAWarningOnX86Only()
    {
        var x86 = DomainXmlEditor.Add(With("<acpi/>", ""), DomainSamples.Element());
        Assert.That(x86.IsRefused, Is.False);
        Assert.That(x86.Findings, Is.EqualTo(new[] { Finding.Warning(NvdimmCodes.XmlNoAcpi) }));
        Assert.That(DomainXmlEditor.Add(With("<acpi/>", "").Replace("x86_64", "ppc64le"), DomainSamples.PowerElement()).Findings, Is.Empty);
        Assert.That(DomainXmlEditor.Add(With("<acpi/>", "").Replace(" arch=\"x86_64\"", ""), DomainSamples.PowerElement()).Findings, Is.Empty);
    }

    /// <summary>898 MiB are 919,552 KiB; 896.125 MiB count as the 898 MiB that libvirt makes of them.</summary>
    [TestCase("<maxMemory slots='16'>2097152</maxMemory>", 2048, "<maxMemory slots='16'>3016704</maxMemory>")]
    [TestCase("<maxMemory slots='16'>2097152</maxMemory>", 4, "<maxMemory slots='16'>3016704</maxMemory>")]
    [TestCase("<maxMemory unit='KiB' slots='16'>2097152</maxMemory>", 2048, "<maxMemory unit='KiB' slots='16'>3016704</maxMemory>")]
    [TestCase("<maxMemory unit='MiB' slots='16'>2048</maxMemory>", 2048, "<maxMemory unit='MiB' slots='16'>2946</maxMemory>")]
    [TestCase("<maxMemory unit='bytes' slots='16'>2147483648</maxMemory>", 2048, "<maxMemory unit='bytes' slots='16'>3089104896</maxMemory>")]
    [TestCase("<maxMemory slots='16' unit='GiB'>2</maxMemory>", 2048, "<maxMemory slots=\"16\" unit=\"KiB\">3016704</maxMemory>")]
    [TestCase("<maxMemory slots='16' unit='MB'>2048</maxMemory>", 2048, "<maxMemory slots=\"16\" unit=\"KiB\">2919552</maxMemory>")]
    public void Add_MaxMemory_GrowsInItsUnit(string before, long alignKiB, string after)
    {
        var element = DomainSamples.Element(sizeMiB: alignKiB == 4 ? 1025 : 1024, alignKiB: alignKiB);
        Assert.That(Added(WithMaxMemory(before), element), Does.Contain(after));
    }

    [Test]
    public void Add_NoArchitectureInTheDomain_IsTakenAsRight() =>
        Assert.That(DomainXmlEditor.Add(With(" arch=\"x86_64\"", ""), DomainSamples.Element()).Findings, Is.Empty);

    [Test]
    public void Add_Nothing_ChangesNothing() => Assert.That(DomainXmlEditor.Add(DomainSamples.Minimal).Xml, Is.EqualTo(DomainSamples.Minimal));

    [Test]
    public void Add_Null_Throws()
    {
        Assert.That(() => DomainXmlEditor.Add((string)null!), Throws.ArgumentNullException);
        Assert.That(() => DomainXmlEditor.Add("", null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Add_ReadsTheSameBack() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool).Sample((file, count, isWindows) =>
    {
        var text = DomainTexts.All[file % DomainTexts.All.Length];
        text = isWindows ? text.ReplaceLineEndings("\r\n") : text;
        var elements = Enumerable.Range(0, count).Select(i => DomainSamples.Element($"/dev/pmem{i}", sizeMiB: 512 + i, alignKiB: 4 << i)).ToArray();
        Assert.That(DomainNvdimms.Read(Added(text, elements)).Elements, Is.EqualTo(elements));
    });

    private static string Added(string domain, params NvdimmElement[] elements)
    {
        var result = DomainXmlEditor.Add(domain, elements);
        Assert.That(result.Findings, Is.Empty);
        return result.Xml!;
    }

    private static string Attached() => DomainXmlEditor.Add(DomainSamples.Minimal, DomainSamples.Element()).Xml!;

    private static string With(string old, string replacement)
    {
        Assert.That(DomainSamples.Minimal, Does.Contain(old));
        return DomainSamples.Minimal.Replace(old, replacement);
    }

    private static string WithMaxMemory(string maxMemory) => With("<memory>", maxMemory + "<memory>");

    private static TestCaseData Refused(string name, string domain, NvdimmElement element, params string[] codes) =>
        new TestCaseData(domain, element, codes).SetArgDisplayNames(name);

    [Test]
    public void Add_WithoutMemoryRightBeforeAnEmptyDevices_PutsBothWhereTheyBelong()
    {
        const string Xml = "<domain><os><type arch='x86_64'/></os><devices/><features><acpi/></features><cpu><numa><cell memory='1'/></numa></cpu></domain>";
        Assert.That(DomainXmlEditor.Add(Xml, DomainSamples.Element()).Xml, Does.Match("^<domain><os>.*</os><maxMemory slots=\"16\">[0-9]+</maxMemory><devices><memory.*</memory></devices><features>"));
    }
}
