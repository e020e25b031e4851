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

    [Test]
    public void MaxMemory_GrowsOnlyWhereItMust()
    {
        var tight = Engine.Replace("9308160</maxMemory>", "2097152</maxMemory>", StringComparison.Ordinal);
        var grown = DomainXmlEditor.Update(tight, Element()).Xml!;
        Assert.That(DomainGuest.Read(grown).Guest!.MaxMemory, Is.EqualTo(ByteSize.FromKiB(2097152 + 919552)));
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

    [Test]
    public void TooFewSlots_AndNoNode_AreRefused()
    {
        Assert.That(Codes(Engine.Replace("slots=\"16\"", "slots=\"0\"", StringComparison.Ordinal), Element()), Does.Contain(NvdimmCodes.NoMemorySlot));
        Assert.That(Codes(Engine, Element(node: 7)), Does.Contain(NvdimmCodes.XmlNoGuestNode));
        Assert.That(() => Element().WithUuid(Guid.Empty), Throws.InvalidOperationException);
    }

    private static IEnumerable<string> Codes(string xml, NvdimmElement element) => DomainXmlEditor.Update(xml, element).Findings.Select(finding => finding.Code);

    private static NvdimmElement Element(int node = 0)
    {
        var device = new NvdimmDevice { Name = "namespace0.0", Path = "/dev/pmem0", Size = ByteSize.FromMiB(1024), Align = Alignment.FromMiB(2), Mode = NamespaceMode.Fsdax };
        return NvdimmElement.Create(device, NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.X86_64, device)!.Value), node).Element!;
    }
}
