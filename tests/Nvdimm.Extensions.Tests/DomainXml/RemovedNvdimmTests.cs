using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests.DomainXml;

/// <summary>What is left of a domain after an NVDIMM was taken out.</summary>
public sealed class RemovedNvdimmTests
{
    private const string Removed = """<memory model="nvdimm"><source><path>/dev/pmem0</path></source><target><size unit="GiB">1</size><node>0</node></target></memory>""";
    private const string Left = """<memory model="nvdimm"><source><path>/dev/pmem1</path></source><target><size unit="GiB">1</size><node>0</node></target></memory>""";

    /// <summary>Memory and NVDIMMs are above the maximum before and after: what is taken out never raises it.</summary>
    [Test]
    public void Remove_MaximumBelowWhatIsLeft_IsNotRaised()
    {
        const string Rest = """<memory>4194304</memory><os><type arch="x86_64">hvm</type></os><devices>""";
        var removed = DomainXmlEditor.Remove($"""<domain><maxMemory slots="16">4194304</maxMemory>{Rest}{Removed}{Left}</devices></domain>""", "/dev/pmem0");
        Assert.That(removed.Xml, Is.EqualTo($"""<domain><maxMemory slots="16">4194304</maxMemory>{Rest}{Left}</devices></domain>"""), removed.Findings.ToString());
    }

    /// <summary>White space behind a text belongs to the text, and not to the element that follows.</summary>
    [TestCase("<devices>note\n    ", "<devices>note\n    \n  </devices>")]
    [TestCase("<devices><rng/>\n    ", "<devices><rng/>\n  </devices>")]
    public void Remove_TakesTheWhiteSpaceBehindATag_AndLeavesThatBehindText(string before, string expected)
    {
        var domain = $"<domain><memory>4194304</memory>{before}{Removed}\n  </devices></domain>";
        Assert.That(DomainXmlEditor.Remove(domain, "/dev/pmem0").Xml, Is.EqualTo($"<domain><memory>4194304</memory>{expected}</domain>"));
    }
}
