using CsCheck;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests.DomainXml;

public sealed class DomainXmlTextTests
{
    private const string BillionLaughs =
        """<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><domain><devices>&c;</devices></domain>""";

    private static readonly TestCaseData[] RefusedCases =
    [
        new TestCaseData(BillionLaughs, NvdimmCodes.XmlDtd, "1", "1").SetArgDisplayNames("billion laughs"),
        new TestCaseData("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&x;</d>", NvdimmCodes.XmlDtd, "1", "1").SetArgDisplayNames("external entity"),
        new TestCaseData("<?xml version='1.0'?>\n<!-- c --><?p?>\r\n <!DOCTYPE d><d/>", NvdimmCodes.XmlDtd, "3", "2").SetArgDisplayNames("behind a prolog"),
        new TestCaseData("<domain>\n &x;</domain>", NvdimmCodes.XmlDtd, "2", "3").SetArgDisplayNames("undeclared entity"),
        new TestCaseData("<domain x='&x;'/>", NvdimmCodes.XmlDtd, "1", "13").SetArgDisplayNames("entity in an attribute"),
        new TestCaseData("<d>& b</d>", NvdimmCodes.XmlMalformed, "1", "5").SetArgDisplayNames("bare ampersand"),
        new TestCaseData("<d>&#xZZ;</d>", NvdimmCodes.XmlMalformed, "1", "7").SetArgDisplayNames("bad character reference"),
        new TestCaseData("<d><!DOCTYPE b></d>", NvdimmCodes.XmlMalformed, "1", "6").SetArgDisplayNames("document type inside"),
        new TestCaseData("", NvdimmCodes.XmlMalformed, "1", "1").SetArgDisplayNames("empty"),
        new TestCaseData("\n\n", NvdimmCodes.XmlMalformed, "3", "1").SetArgDisplayNames("blank"),
        new TestCaseData("<!-- open", NvdimmCodes.XmlMalformed, "1", "10").SetArgDisplayNames("comment that does not end"),
        new TestCaseData("<?p open", NvdimmCodes.XmlMalformed, "1", "9").SetArgDisplayNames("instruction that does not end"),
        new TestCaseData("no xml", NvdimmCodes.XmlMalformed, "1", "1").SetArgDisplayNames("text"),
        new TestCaseData("<d><e></d>", NvdimmCodes.XmlMalformed, "1", "9").SetArgDisplayNames("crossed tags"),
        new TestCaseData("<pool><devices/></pool>", NvdimmCodes.XmlNotDomain, "1", "2").SetArgDisplayNames("other root"),
        new TestCaseData("<domain xmlns='urn:x'><devices/></domain>", NvdimmCodes.XmlNotDomain, "1", "2").SetArgDisplayNames("other namespace"),
        new TestCaseData("<domain/>", NvdimmCodes.XmlNotDomain, "1", "2").SetArgDisplayNames("no devices"),
        new TestCaseData("<domain><devices/><devices/></domain>", NvdimmCodes.XmlNotDomain, "1", "2").SetArgDisplayNames("two devices"),
        new TestCaseData("<domain xmlns:q='u'><devices><memory q:model='nvdimm'/></devices></domain>", NvdimmCodes.XmlNamespace, "1", "31").SetArgDisplayNames("attribute in a namespace"),
        new TestCaseData("<domain><devices><memory xml:model='nvdimm'/></devices></domain>", NvdimmCodes.XmlNamespace, "1", "19").SetArgDisplayNames("attribute with the prefix xml"),
        new TestCaseData("<domain xmlns:q='u'><devices><q:memory/></devices></domain>", NvdimmCodes.XmlNamespace, "1", "31").SetArgDisplayNames("element in a namespace"),
        new TestCaseData("<domain xmlns:q='u'><q:commandline><q:arg q:value='x'/></q:commandline><devices/></domain>", NvdimmCodes.XmlNamespace, "1", "37").SetArgDisplayNames("attribute of an argument"),
        new TestCaseData("<domain xmlns:q='u' q:type='kvm'><devices/></domain>", NvdimmCodes.XmlNamespace, "1", "2").SetArgDisplayNames("attribute of the root"),
        new TestCaseData("<domain><maxMemory/><maxMemory/><devices/></domain>", NvdimmCodes.XmlNotDomain, "1", "2").SetArgDisplayNames("two maxima"),
    ];

    [TestCaseSource(nameof(RefusedCases))]
    public void Text_Refused(string text, string code, string line, string position)
    {
        var findings = DomainNvdimms.Read(text).Findings;
        Assert.That(DomainSamples.Codes(findings), Is.EqualTo(new[] { code }));
        Assert.That((findings[0]["line"], findings[0]["position"]), Is.EqualTo((line, position)));
        Assert.That(findings[0].Message, Does.Not.Contain("${"));
        Assert.That(DomainXmlEditor.Add(text, DomainSamples.Element()).Findings, Is.EqualTo(findings));
        Assert.That(DomainXmlEditor.Remove(text, "/dev/pmem0").Findings, Is.EqualTo(findings));
    }

    /// <summary>What is in metadata belongs to others, and extensions of the domain are in namespaces of their own.</summary>
    [TestCase("<metadata><q:vm q:version='4'><q:destroy q:x=''/></q:vm></metadata>")]
    [TestCase("<q:commandline><q:arg value='x'/></q:commandline>")]
    [TestCase("<x xmlns='u'><y/></x>")]
    public void Text_WithNamespacesOfOthers_IsRead(string child) =>
        Assert.That(DomainNvdimms.Read($"<domain xmlns:q='u'><memory>1</memory>{child}<devices/></domain>").Findings, Is.Empty);

    [Test]
    public void Text_TooLargeOrTooDeep_Refused()
    {
        string[] texts =
        [
            "<domain><devices/>" + new string(' ', 20 * 1024 * 1024) + "</domain>",
            string.Concat(Enumerable.Repeat("<a>", 100_000)),
            Nested(257),
        ];
        foreach (var text in texts)
        {
            var finding = DomainNvdimms.Read(text).Findings.Single();
            Assert.That(finding.Code, Is.EqualTo(NvdimmCodes.XmlTooLarge));
            Assert.That(finding.Message, Does.Match(@"limit of (16777216 characters|256 levels)\."));
        }
    }

    [Test]
    public void Text_AtTheLimits_IsRead()
    {
        Assert.That(DomainXmlText.Read(Nested(256)).Finding, Is.Null);
        var text = "<domain><devices/></domain>";
        Assert.That(DomainXmlText.Read(text + new string(' ', DomainXmlText.MaximumCharacters - text.Length)).Finding, Is.Null);
    }

    [Test]
    public void Text_CutAnywhere_IsAFinding()
    {
        var text = TestFiles.Text("domain", "pretty-with-dimm.xml").TrimEnd();
        for (var length = 0; length < text.Length; length++)
        {
            Assert.That(DomainSamples.Codes(DomainNvdimms.Read(text[..length]).Findings), Is.EqualTo(new[] { NvdimmCodes.XmlMalformed }), $"{length}");
        }
    }

    [Test]
    public void Text_OneCharacterChanged_NeverThrows() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Char["<>&;'\"/!? \0\r\n]x0-\uD800"]).Sample((at, character) =>
        {
            var text = TestFiles.Text("domain", "pretty-with-dimm.xml").ToCharArray();
            text[at % text.Length] = character;
            var edited = new string(text);
            var added = DomainXmlEditor.Add(edited, DomainSamples.Element());
            Assert.That(added.Xml is null, Is.EqualTo(added.Findings.Any(finding => finding.Severity == Severity.Error)));
            if (added.Xml is { } xml)
            {
                Assert.That(DomainNvdimms.Read(xml).Elements.Select(element => element.Path), Does.Contain("/dev/pmem0"));
            }
        }, iter: 2000);

    [TestCase("ovirt-x86.xml", "\n")]
    [TestCase("pretty-with-dimm.xml", "\n")]
    [TestCase("pretty-with-dimm.xml", "\r\n")]
    [TestCase("pretty-with-dimm.xml", "\r")]
    public void Spans_CutOutTheElement(string file, string newLine)
    {
        var text = TestFiles.Text("domain", file).ReplaceLineEndings(newLine);
        var document = DomainXmlText.Read(text).Document!;
        foreach (var element in document.Descendants())
        {
            var span = element.Annotation<TextSpan>()!;
            var name = element.GetPrefixOfNamespace(element.Name.Namespace) is { } prefix ? $"{prefix}:{element.Name.LocalName}" : element.Name.LocalName;
            Assert.That(text[span.Start..span.End], Does.StartWith("<" + name).And.EndsWith(">"));
            Assert.That(text[span.InnerEnd..span.End], span.IsEmptyTag ? Is.Empty : Does.StartWith("</" + name));
            Assert.That(text[span.InnerStart - 1], Is.EqualTo('>'));
        }
    }

    [Test]
    public void Spans_BracketsInQuotesAndWideCharacters_DoNotMislead()
    {
        var text = "<domain><title x=\"/>'\" y='>\"\n>'>\U0001F600</title><devices a='>' /></domain>";
        var edited = DomainXmlText.Read(text).Document!;
        var span = edited.Root!.Element("devices")!.Annotation<TextSpan>()!;
        Assert.That(text[span.Start..span.End], Is.EqualTo("<devices a='>' />"));
    }

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("<a>", levels)) + string.Concat(Enumerable.Repeat("</a>", levels));
}
