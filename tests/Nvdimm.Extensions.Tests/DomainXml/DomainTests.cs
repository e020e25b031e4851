using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests.DomainXml;

/// <summary>A domain is parsed once, and every question about it has the same answer as for its text.</summary>
public sealed class DomainTests
{
    private const string Xml =
        """
        <domain type='kvm'>
          <name>one</name>
          <memory unit='GiB'>2</memory>
          <maxMemory slots='16' unit='GiB'>8</maxMemory>
          <os><type arch='x86_64' machine='q35'>hvm</type></os>
          <cpu><numa><cell id='0' cpus='0' memory='2' unit='GiB'/></numa></cpu>
          <devices>
            <memory model='nvdimm' access='shared'>
              <source><path>/dev/pmem0</path><alignsize unit='MiB'>2</alignsize></source>
              <target><size unit='MiB'>512</size><node>0</node><label><size unit='KiB'>128</size></label></target>
            </memory>
          </devices>
        </domain>
        """;

    private static Domain Parsed => Domain.Parse(Xml).Domain!;

    [Test]
    public void Parse_KeepsTheText()
    {
        var parsed = Domain.Parse(Xml);
        Assert.That((parsed.IsRefused, parsed.Findings.Count), Is.EqualTo((false, 0)));
        Assert.That((parsed.Domain!.Xml, parsed.Domain.ToString()), Is.EqualTo((Xml, Xml)));
    }

    [TestCase("", NvdimmCodes.XmlMalformed)]
    [TestCase("<domain><devices/></domain", NvdimmCodes.XmlMalformed)]
    [TestCase("<!DOCTYPE domain><domain><devices/></domain>", NvdimmCodes.XmlDtd)]
    [TestCase("<network/>", NvdimmCodes.XmlNotDomain)]
    [TestCase("<domain/>", NvdimmCodes.XmlNotDomain)]
    [TestCase("<domain><devices/><devices/></domain>", NvdimmCodes.XmlNotDomain)]
    [TestCase("<domain><maxMemory>1</maxMemory><maxMemory>2</maxMemory><devices/></domain>", NvdimmCodes.XmlNotDomain)]
    [TestCase("<domain xmlns:q='q'><devices><memory q:model='nvdimm'/></devices></domain>", NvdimmCodes.XmlNamespace)]
    public void Parse_WhatCannotBeRead_SaysWhy_AndEveryReaderSaysTheSame(string xml, string code)
    {
        var parsed = Domain.Parse(xml);
        Assert.That(parsed.IsRefused, Is.True);
        Assert.That(parsed.Findings.Select(finding => finding.Code), Is.EqualTo([code]));
        Assert.Multiple(() =>
        {
            Assert.That(DomainNvdimms.Read(xml).Findings, Is.EqualTo(parsed.Findings));
            Assert.That(DomainGuest.Read(xml).Findings, Is.EqualTo(parsed.Findings));
            Assert.That(DomainDeviceUses.Read(xml).Findings, Is.EqualTo(parsed.Findings));
            Assert.That(DomainRefusals.Check(xml), Is.EqualTo(parsed.Findings));
            Assert.That(DomainXmlEditor.Add(xml).Findings, Is.EqualTo(parsed.Findings));
            Assert.That(DomainXmlEditor.Remove(xml).Findings, Is.EqualTo(parsed.Findings));
            Assert.That(DomainXmlEditor.Update(xml).Findings, Is.EqualTo(parsed.Findings));
        });
    }

    [Test]
    public void Domain_AndItsText_HaveTheSameAnswers()
    {
        var domain = Parsed;
        var nvdimm = DomainNvdimms.Read(domain).Elements.Single();
        var larger = nvdimm.WithLayout(ByteSize.FromMiB(1024), nvdimm.AlignSize, nvdimm.LabelSize);
        Assert.Multiple(() =>
        {
            Assert.That(DomainNvdimms.Read(domain), Is.EqualTo(DomainNvdimms.Read(Xml)));
            Assert.That(DomainGuest.Read(domain), Is.EqualTo(DomainGuest.Read(Xml)));
            Assert.That(DomainDeviceUses.Read(domain), Is.EqualTo(DomainDeviceUses.Read(Xml)));
            Assert.That(DomainRefusals.Check(domain, libvirt: null), Is.EqualTo(DomainRefusals.Check(Xml)));
            Assert.That(DomainXmlEditor.Update(domain, larger), Is.EqualTo(DomainXmlEditor.Update(Xml, larger)));
            Assert.That(DomainXmlEditor.Update(domain, larger).Xml, Is.Not.EqualTo(Xml), "an edit returns new text");
            Assert.That(DomainXmlEditor.Remove(domain, nvdimm.Path), Is.EqualTo(DomainXmlEditor.Remove(Xml, nvdimm.Path)));
            Assert.That(domain.Xml, Is.EqualTo(Xml), "and the domain stays");
            Assert.That(DomainXmlEditor.Update(domain, nvdimm).Xml, Is.EqualTo(Xml), "what is right stays");
        });
    }

    [Test]
    public void Domains_AreEqual_IfTheirTextsAre()
    {
        var (one, other) = (Parsed, Parsed);
        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That(one, Is.Not.EqualTo(Domain.Parse(Xml.Replace("one", "two", StringComparison.Ordinal)).Domain));
        Assert.That(one.Equals(null), Is.False);
    }

    [Test]
    public void Domain_IsReadByManyThreadsAtOnce()
    {
        var domain = Parsed;
        var expected = (DomainNvdimms.Read(Xml), DomainGuest.Read(Xml), DomainRefusals.Check(Xml));
        Parallel.For(0, 200, _ => Assert.That(
            (DomainNvdimms.Read(domain), DomainGuest.Read(domain), DomainRefusals.Check(domain, libvirt: null)), Is.EqualTo(expected)));
    }

    [Test]
    public void Null_IsRefused() => Assert.Multiple(() =>
    {
        Assert.That(() => Domain.Parse(null!), Throws.ArgumentNullException);
        Assert.That(() => DomainNvdimms.Read((Domain)null!), Throws.ArgumentNullException);
        Assert.That(() => DomainGuest.Read((Domain)null!), Throws.ArgumentNullException);
        Assert.That(() => DomainDeviceUses.Read((Domain)null!), Throws.ArgumentNullException);
        Assert.That(() => DomainRefusals.Check((Domain)null!, libvirt: null), Throws.ArgumentNullException);
        Assert.That(() => DomainXmlEditor.Add((Domain)null!), Throws.ArgumentNullException);
        Assert.That(() => DomainXmlEditor.Update((Domain)null!), Throws.ArgumentNullException);
        Assert.That(() => DomainXmlEditor.Remove((Domain)null!), Throws.ArgumentNullException);
    });
}
