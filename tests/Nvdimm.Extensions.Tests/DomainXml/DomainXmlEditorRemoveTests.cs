using CsCheck;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests.DomainXml;

public sealed class DomainXmlEditorRemoveTests
{
    [Test]
    public void RemoveOfAdd_GivesTheTextBack() => Gen.Select(Gen.Int[0, 3], Gen.Int[1, 3], Gen.Int[0, 2].Select(i => new[] { "\n", "\r\n", "\r" }[i]), Gen.Bool).Sample((file, count, newLine, isReversed) =>
    {
        var text = DomainTexts.All[file].Replace("unit='GiB'>4<", "unit='MiB'>4096<").ReplaceLineEndings(newLine);
        var elements = Enumerable.Range(0, count).Select(i => DomainSamples.Element($"/dev/pmem{i}", sizeMiB: 512 + i, alignKiB: 4 << i)).ToArray();
        var paths = elements.Select(element => element.Path).ToArray();
        var added = DomainXmlEditor.Add(text, elements).Xml!;
        Assert.That(added, Is.Not.EqualTo(text));
        Assert.That(DomainXmlEditor.Remove(added, isReversed ? [.. paths.Reverse()] : paths).Xml, Is.EqualTo(text));
    });

    [TestCase("<devices></devices>")]
    [TestCase("<devices>\n  </devices>")]
    [TestCase("<devices><!-- none --></devices>")]
    [TestCase("\n<devices>text</devices>")]
    [TestCase("\n<devices>\n  <rng/> text\n</devices>")]
    public void RemoveOfAdd_NoOtherDevice_GivesTheTextBack(string devices)
    {
        var text = WithDevices(devices);
        Assert.That(DomainXmlEditor.Remove(DomainXmlEditor.Add(text, DomainSamples.Element()).Xml!, "/dev/pmem0").Xml, Is.EqualTo(text));
    }

    [TestCase("<maxMemory xmlns='urn:x'/>")]
    [TestCase("\n  <maxMemory xmlns='urn:x' slots='1'>7</maxMemory>\n  ")]
    [TestCase("<x:maxMemory xmlns:x='urn:x'/>")]
    public void RemoveOfAdd_ForeignMaxMemory_IsLeftAlone(string foreign)
    {
        var text = WithDevices($"{foreign}<devices></devices>");
        var added = DomainXmlEditor.Add(text, DomainSamples.Element()).Xml!;
        Assert.That(added, Does.Contain(foreign).And.Contains("<maxMemory slots=\"16\">"));
        Assert.That(DomainXmlEditor.Remove(added, "/dev/pmem0").Xml, Is.EqualTo(text));
    }

    [TestCase("<devices/>", "<devices><memory model=\"nvdimm\" access=\"shared\"><source>")]
    [TestCase("\n  <devices a='/' />\n", "\n  <devices a='/'>\n    <memory model=\"nvdimm\" access=\"shared\">\n      <source>")]
    [TestCase("\n\t<devices>\n\t\t<rng/>\n\t</devices>\n", "<rng/>\n\t\t<memory model=\"nvdimm\" access=\"shared\">\n\t\t\t<source>")]
    [TestCase("<devices>\n  <rng/>\n</devices>", "<rng/>\n  <memory model=\"nvdimm\" access=\"shared\">\n    <source>")]
    [TestCase("\n<devices>text <rng/></devices>", "<rng/><memory model=\"nvdimm\" access=\"shared\"><source>")]
    public void Add_IndentsAsTheOthers(string devices, string expected)
    {
        var xml = DomainXmlEditor.Add(WithDevices(devices), DomainSamples.Element()).Xml!;
        Assert.That(xml, Does.Contain(expected));
        Assert.That(xml, Does.Contain("</devices>"));
    }

    [Test]
    public void Remove_One_KeepsTheOthers()
    {
        var first = DomainSamples.Element();
        var second = DomainSamples.Element("/dev/pmem1", sizeMiB: 512);
        var both = DomainXmlEditor.Add(DomainTexts.All[0], first, second).Xml!;
        Assert.That(DomainXmlEditor.Remove(both, first.Path).Xml, Is.EqualTo(DomainXmlEditor.Add(DomainTexts.All[0], second).Xml));
        Assert.That(DomainXmlEditor.Remove(both, second.Path, second.Path).Xml, Is.EqualTo(DomainXmlEditor.Add(DomainTexts.All[0], first).Xml));
    }

    [Test]
    public void Remove_NotAttached_EveryPathIsNamed()
    {
        var result = DomainXmlEditor.Remove(DomainXmlEditor.Add(DomainSamples.Minimal, DomainSamples.Element()).Xml!, "/dev/pmem0", "/dev/pmem1", "/dev/pmem2");
        Assert.That(result.IsRefused, Is.True);
        Assert.That(result.Findings.Select(finding => (finding.Code, finding["path"])), Is.EqualTo(new[] { (NvdimmCodes.XmlNotAttached, "/dev/pmem1"), (NvdimmCodes.XmlNotAttached, "/dev/pmem2") }));
    }

    /// <summary>oVirt adds 896.125 MiB as they are; taking the 898 MiB off that libvirt makes of them must not go below what is needed.</summary>
    [TestCase("1966208", "")]
    [TestCase("1966209", "")]
    [TestCase("1968129", "<maxMemory slots=\"16\">1048577</maxMemory>")]
    [TestCase("3063360", "<maxMemory slots=\"16\">2143808</maxMemory>")]
    public void Remove_WhatOvirtAdded(string maxMemory, string left)
    {
        var domain = DomainXmlEditor.Add(DomainSamples.Minimal, DomainSamples.Element(sizeMiB: 1025, alignKiB: 4)).Xml!.Replace(">1968128</maxMemory>", $">{maxMemory}</maxMemory>");
        var xml = DomainXmlEditor.Remove(domain, "/dev/pmem0").Xml!;
        Assert.That(xml, Is.EqualTo(DomainSamples.Minimal.Replace("</memory><os>", $"</memory>{left}<os>")));
    }

    [Test]
    public void Remove_OtherMemoryDeviceLeft_MaxMemoryStaysLargeEnough()
    {
        var dimm = WithDevices("<devices><memory model='dimm'><target><size unit='MiB'>128</size><node>0</node></target></memory></devices>");
        var domain = DomainXmlEditor.Add(dimm.Replace("<os>", "<maxMemory slots='16' unit='MiB'>1152</maxMemory><os>"), DomainSamples.Element()).Xml!.Replace(">2050<", ">2049<");
        Assert.That(DomainXmlEditor.Remove(domain, "/dev/pmem0").Xml, Does.Contain("<maxMemory slots='16' unit='MiB'>1152</maxMemory>"));
    }

    [Test]
    public void Remove_NoMaxMemory_OnlyTheElementGoes()
    {
        var attached = DomainXmlEditor.Add(DomainSamples.Minimal, DomainSamples.Element()).Xml!;
        var without = attached.Replace("<maxMemory slots=\"16\">1968128</maxMemory>", "");
        Assert.That(DomainXmlEditor.Remove(without, "/dev/pmem0").Xml, Is.EqualTo(DomainSamples.Minimal));
    }

    [TestCase(">919552<", ">much<", "size", "much KiB")]
    [TestCase(">1968128<", ">much<", "maxMemory", "much")]
    [TestCase("memory=\"1048576\"", "memory=\"much\"", "cell", "much")]
    public void Remove_Unreadable_Refused(string old, string replacement, string element, string value)
    {
        var attached = DomainXmlEditor.Add(DomainSamples.Minimal, DomainSamples.Element()).Xml!;
        Assert.That(attached, Does.Contain(old));
        var result = DomainXmlEditor.Remove(attached.Replace(old, replacement), "/dev/pmem0");
        Assert.That(result.IsRefused, Is.True);
        Assert.That(result.Findings.Select(finding => (finding.Code, finding["element"], finding["value"])), Is.EqualTo(new[] { (NvdimmCodes.XmlBadValue, element, value) }));
    }

    [Test]
    public void Remove_Power_TakesTheTargetSizeOff()
    {
        var text = TestFiles.Text("domain", "ovirt-power.xml");
        Assert.That(DomainXmlEditor.Remove(DomainXmlEditor.Add(text, DomainSamples.PowerElement()).Xml!, "/dev/pmem0").Xml, Is.EqualTo(text));
    }

    [Test]
    public void Remove_Nothing_ChangesNothing() => Assert.That(DomainXmlEditor.Remove(DomainSamples.Minimal).Xml, Is.EqualTo(DomainSamples.Minimal));

    [Test]
    public void Remove_Null_Throws()
    {
        Assert.That(() => DomainXmlEditor.Remove((string)null!), Throws.ArgumentNullException);
        Assert.That(() => DomainXmlEditor.Remove("", null!), Throws.ArgumentNullException);
    }

    private static string WithDevices(string devices) => DomainSamples.Minimal.Replace("<devices><memballoon model=\"none\"/></devices>", devices);
}
