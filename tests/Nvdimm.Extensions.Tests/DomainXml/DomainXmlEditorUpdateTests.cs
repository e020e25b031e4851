using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.DomainXml;

public sealed class DomainXmlEditorUpdateTests
{
    private static readonly string Engine = TestFiles.Text("hook", "engine-one.xml");

    [Test]
    public void RightFigures_StayToTheCharacter() => Assert.That(DomainXmlEditor.Update(Engine, Element()).Xml, Is.EqualTo(Engine));

    [Test]
    public void OtherFigures_AreCorrected_AndNothingElse()
    {
        var wrong = Engine.Replace("919552</size>", "788480</size>", StringComparison.Ordinal)
            .Replace(" access=\"shared\"", "", StringComparison.Ordinal)
            .Replace("<pmem></pmem>", "", StringComparison.Ordinal);
        var back = DomainNvdimms.Read(DomainXmlEditor.Update(wrong, Element()).Xml!).Elements.Single();
        Assert.That((back.TargetSize, back.IsShared, back.IsPmem, back.Alias), Is.EqualTo((ByteSize.FromKiB(919552), true, true, "ua-c7f9c118-3092-589a-8ad0-8587093c2380")));
    }

    /// <summary>D6: it grew by the part of 2 MiB that libvirt rounds up, at each run.</summary>
    [Test]
    public void MaxMemory_GrowsByWhatTheNvdimmGrows_AndOnlyOnce()
    {
        var smaller = Engine.Replace("919552</size>", "788480</size>", StringComparison.Ordinal).Replace("9308160</maxMemory>", "9177088</maxMemory>", StringComparison.Ordinal);
        var odd = Element().WithLayout(ByteSize.FromKiB(917632), ByteSize.FromKiB(4), ByteSize.FromKiB(128));
        var once = DomainXmlEditor.Update(smaller, odd).Xml!;
        Assert.That(DomainGuest.Read(once).Guest!.MaxMemory, Is.EqualTo(ByteSize.FromKiB(9308160)));
        Assert.That(DomainXmlEditor.Update(once, odd).Xml, Is.EqualTo(once));
    }

    /// <summary>trials/adapter.md 13: 1025 MiB, 4 KiB grew by 1,966,080 bytes at each call.</summary>
    [Test]
    public void MaxMemory_OfADeviceThatLibvirtRounds_StaysAtEachUpdate()
    {
        var layout = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(1025)) { Align = Alignment.FromKiB(4) }).Layout!;
        var element = Element().WithLayout(layout.TargetSize, layout.AlignSize.Size, layout.Request.LabelSize);
        var xml = DomainXmlEditor.Update(Engine, element).Xml!;
        var once = DomainGuest.Read(xml).Guest!.MaxMemory;
        for (var call = 0; call < 3; call++)
        {
            xml = DomainXmlEditor.Update(xml, element).Xml!;
        }

        Assert.That(DomainGuest.Read(xml).Guest!.MaxMemory, Is.EqualTo(once));
    }

    /// <summary>The same string, so that whoever asks more of the domain does not read it again.</summary>
    [Test]
    public void UnchangedNvdimms_TheTextItself() => Assert.That(DomainXmlEditor.Update(Engine, DomainNvdimms.Read(Engine).Elements).Xml, Is.SameAs(Engine));

    [Test]
    public void MaxMemory_NeverShrinks()
    {
        var smaller = Element().WithLayout(ByteSize.FromKiB(788480), ByteSize.FromKiB(2048), ByteSize.FromKiB(128));
        Assert.That(DomainGuest.Read(DomainXmlEditor.Update(Engine, smaller).Xml!).Guest!.MaxMemory, Is.EqualTo(ByteSize.FromKiB(9308160)));
    }

    /// <summary>A maximum that libvirt's rounding exhausts grows; one that libvirt refuses, and one that is missing, are the domain's.</summary>
    [TestCase("<maxMemory slots=\"16\">3014784</maxMemory>", 917632, 2097152 + 919552)]
    [TestCase("<maxMemory slots=\"16\">2097152</maxMemory>", 919552, 2097152)]
    [TestCase("", 919552, null)]
    public void MaxMemory_OfAnUnchangedNvdimm(string maxMemory, long size, long? expected)
    {
        var odd = Engine.Replace("919552</size>", $"{size}</size>", StringComparison.Ordinal).Replace("<maxMemory slots=\"16\">9308160</maxMemory>", maxMemory, StringComparison.Ordinal)
            .Replace(">2048</alignsize>", ">4</alignsize>", StringComparison.Ordinal);
        var updated = DomainXmlEditor.Update(odd, DomainNvdimms.Read(odd).Elements).Xml!;
        Assert.That(DomainGuest.Read(updated).Guest!.MaxMemory?.ToKiBExact(), Is.EqualTo(expected));
    }

    /// <summary>What the wanted NVDIMM does not have is not added; only a label and an alignment are removed.</summary>
    [Test]
    public void WhatIsNotWanted_Stays()
    {
        const string Bare = "<memory model='nvdimm' access='private'><source><path>/dev/pmem0</path></source><target><size unit='MiB'>512</size><node>0</node></target></memory>";
        var xml = RefusalRows.Domain(Bare);
        var element = DomainNvdimms.Read(xml).Elements.Single();
        var updated = DomainXmlEditor.Update(xml, element.WithLayout(ByteSize.FromMiB(514), null, null)).Xml!;
        Assert.That(updated, Does.Contain("<source><path>/dev/pmem0</path></source><target><size unit=\"KiB\">526336</size><node>0</node></target>").And.Contain("access=\"private\""));
        var odd = RefusalRows.Domain(RefusalRows.Nvdimm(align: "<alignsize>2048 </alignsize>", label: "<label><size unit='KiB'>128 </size></label>"));
        Assert.That(DomainXmlEditor.Update(odd, element).Xml, Does.Not.Contain("<label>").And.Not.Contain("<alignsize>"), "libvirt refuses both");
        var full = RefusalRows.Domain(RefusalRows.Nvdimm(align: "<alignsize unit='KiB'>2048</alignsize><pmem/>", tail: "<readonly/>"));
        Assert.That(DomainXmlEditor.Update(full, element.WithLayout(ByteSize.FromMiB(512), null, null).WithGuestNode(0)).Xml, Does.Contain("<path>/dev/pmem0</path><pmem />").And.Contain("<readonly />").And.Not.Contain("<label>").And.Contain("access=\"private\""));
    }

    [Test]
    public void UnknownPath_AndTwoOfOne_AreRefused()
    {
        var other = Engine.Replace("/dev/pmem0", "/dev/pmem9", StringComparison.Ordinal);
        Assert.That(DomainXmlEditor.Update(other, Element()).Findings.Single().Code, Is.EqualTo(NvdimmCodes.XmlNotAttached));
        var start = Engine.IndexOf("<memory model", StringComparison.Ordinal);
        var memory = Engine[start..(Engine.IndexOf("</memory>", start, StringComparison.Ordinal) + "</memory>".Length)];
        Assert.That(DomainXmlEditor.Update(Engine.Insert(start, memory), Element()).Findings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.AlreadyAttached));
        Assert.That(DomainXmlEditor.Update(Engine).Xml, Is.SameAs(Engine));
        Assert.That(DomainXmlEditor.Update("<domain", Element()).IsRefused, Is.True);
    }

    /// <summary>A node that the domain has already is libvirt's to judge; one that it is to get has to be there.</summary>
    [Test]
    public void ANodeThatTheGuestHasNot_IsRefused()
    {
        Assert.That(Codes(Engine, Element(node: 7)), Does.Contain(NvdimmCodes.XmlNoGuestNode));
        Assert.That(Codes(FieldDomains.Text("tp-alloc-with-slot-no-numa"), Element()), Does.Contain(EngineCodes.NumaUnavailable));
        Assert.That(() => Element().WithUuid(Guid.Empty), Throws.InvalidOperationException);
    }

    [Test]
    public void TheSameNvdimmWantedTwice_IsRefusedOnce() =>
        Assert.That(DomainSamples.Codes(DomainXmlEditor.Update(Engine, Element(), Element()).Findings), Is.EqualTo(new[] { NvdimmCodes.AlreadyAttached }));

    private static IEnumerable<string> Codes(string xml, NvdimmElement element) => DomainXmlEditor.Update(xml, element).Findings.Select(finding => finding.Code);

    private static NvdimmElement Element(int node = 0)
    {
        var device = new NvdimmDevice { Name = "namespace0.0", Path = "/dev/pmem0", Size = ByteSize.FromMiB(1024), Align = Alignment.FromMiB(2), Mode = NamespaceMode.Fsdax };
        return NvdimmElement.Create(device, NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.X86_64, device)!.Value), node).Element!;
    }
}
