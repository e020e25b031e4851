using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests.DomainXml;

/// <summary>Against libvirt's own schema.</summary>
public sealed class DomainSchemaTests
{
    [TestCase("ovirt-x86.xml")]
    [TestCase("ovirt-x86-no-maxmemory.xml")]
    [TestCase("pretty-with-dimm.xml")]
    public void Add_X86_Validates(string file) => AssertValid(TestFiles.Text("domain", file), DomainSamples.Element(), DomainSamples.Element("/dev/dax0.0"));

    [Test]
    public void Add_Power_Validates() => AssertValid(TestFiles.Text("domain", "ovirt-power.xml"), DomainSamples.PowerElement());

    /// <summary>That the schema is really asked.</summary>
    [Test]
    public void Schema_OtherElement_IsRefused() =>
        Assert.That(Validate(DomainXmlEditor.Add(DomainSamples.Minimal, DomainSamples.Element()).Xml!.Replace("alignsize", "alignment")), Is.Not.Zero);

    private static void AssertValid(string domain, params NvdimmElement[] elements)
    {
        var added = DomainXmlEditor.Add(domain, elements).Xml!;
        Assert.That(Validate(added), Is.Zero);
        Assert.That(Validate(DomainXmlEditor.Remove(added, [.. elements.Select(element => element.Path)]).Xml!), Is.Zero);
    }

    private static int Validate(string xml)
    {
        RealProgram.Require("virt-xml-validate", "libvirt-clients");
        RealProgram.Require("xmllint", "libxml2-utils");
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, xml);
            var (exitCode, output, error) = RealProgram.Run("virt-xml-validate", file, "domain");
            TestContext.Out.WriteLine(output + error);
            return exitCode;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
