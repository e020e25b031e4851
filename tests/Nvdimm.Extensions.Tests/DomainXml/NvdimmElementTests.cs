using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.DomainXml;

public sealed class NvdimmElementTests
{
    [Test]
    public void ToXml_X86_AsOvirtWritesIt()
    {
        var device = DomainSamples.Device(uuid: DomainSamples.HostUuid);
        var element = NvdimmElement.Create(device, DomainSamples.Layout(device), 1).Element!;
        Assert.That(element.ToXml(), Is.EqualTo(
            """
            <memory model="nvdimm" access="shared">
              <source>
                <path>/dev/pmem0</path>
                <alignsize unit="KiB">2048</alignsize>
                <pmem/>
              </source>
              <target>
                <size unit="KiB">919552</size>
                <node>1</node>
                <label>
                  <size unit="KiB">128</size>
                </label>
              </target>
              <alias name="ua-8d7bbf1a-4f0e-4c0e-9f86-3d2b5a0f6e11"/>
            </memory>
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void ToXml_Power_StartsWithTheUuid()
    {
        var element = DomainSamples.PowerElement();
        Assert.That(element.ToXml(), Does.StartWith($"<memory model=\"nvdimm\" access=\"shared\">\n  <uuid>{GuestUuid.For(DomainSamples.HostUuid)}</uuid>\n  <source>"));
        Assert.That(element.ToXml(), Does.Contain("<size unit=\"KiB\">524416</size>"));
    }

    [Test]
    public void ToXml_OddPath_ReadsTheSameBack()
    {
        var element = DomainSamples.Element("/dev/a&b<c>\"d'e f\u00e9\U0001F600");
        var xml = DomainXmlEditor.Add(DomainSamples.Minimal, element).Xml!;
        Assert.That(DomainNvdimms.Read(xml).Elements, Is.EqualTo(new[] { element }));
    }

    [Test]
    public void Create_NoUuid_AliasIsOfThePath()
    {
        Assert.That(DomainSamples.Element().Alias, Is.EqualTo("ua-c7f9c118-3092-589a-8ad0-8587093c2387"));
        Assert.That(DomainSamples.Element("/dev/pmem1").Alias, Is.Not.EqualTo(DomainSamples.Element().Alias));
        var zero = DomainSamples.Device(uuid: Guid.Empty);
        Assert.That(NvdimmElement.Create(zero, DomainSamples.Layout(zero), 0).Element!.Alias, Is.EqualTo(DomainSamples.Element().Alias));
    }

    [Test]
    public void Create_OwnAlias_IsKept() => Assert.That(DomainSamples.Element(alias: "ua-a.b_c-1").Alias, Is.EqualTo("ua-a.b_c-1"));

    [Test]
    public void Create_LayoutWarning_ComesWithTheElement()
    {
        var device = DomainSamples.Device(sizeMiB: 1025, alignKiB: 4);
        var result = NvdimmElement.Create(device, DomainSamples.Layout(device), 0);
        Assert.That(result.IsRefused, Is.False);
        Assert.That(DomainSamples.Codes(result.Findings), Is.EqualTo(new[] { NvdimmCodes.HotPlugMisaligned }));
    }

    [Test]
    public void Create_OfASizing_IsTheElementOfItsLayout()
    {
        var device = DomainSamples.Device();
        var sized = NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.X86_64, device)!.Value);
        Assert.That(NvdimmElement.Create(device, sized, 1), Is.EqualTo(NvdimmElement.Create(device, sized.Layout!, 1)));
        Assert.That(() => NvdimmElement.Create(device, null!, 1), Throws.ArgumentNullException);
    }

    [Test]
    public void Create_LayoutThatLeavesTheAlignmentToQemu_WritesNone()
    {
        var device = DomainSamples.Device();
        var layout = NvdimmSizer.Keep(SizingRequest.For(GuestArchitecture.X86_64, device)!.Value, ByteSize.FromMiB(512), alignSize: null).Layout!;
        var element = NvdimmElement.Create(device, layout, 0).Element!;
        Assert.That((element.AlignSize, element.TargetSize), Is.EqualTo(((ByteSize?)null, ByteSize.FromMiB(512))));
        Assert.That(element.ToXml(), Does.Not.Contain("alignsize"));
    }

    [Test]
    public void Create_EverythingWrong_EveryReasonIsNamed()
    {
        var device = (DomainSamples.Device(sizeMiB: 128) with { Path = null }).With(Finding.Error(NvdimmCodes.SeedNamespace, ("device", "namespace0.0")));
        var sized = NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.Ppc64, device)!.Value);
        var result = NvdimmElement.Create(device, sized, 0);
        Assert.That(result.IsRefused, Is.True);
        Assert.That(
            DomainSamples.Codes(result.Findings),
            Is.SupersetOf(new[] { NvdimmCodes.BelowLibvirtMinimum, NvdimmCodes.Unusable, NvdimmCodes.NoDevicePath, NvdimmCodes.NoStableGuestUuid }));
        Assert.That(result.Findings.Single(finding => finding.Code == NvdimmCodes.Unusable)["codes"], Is.EqualTo(NvdimmCodes.SeedNamespace));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("/")]
    [TestCase("pmem0")]
    [TestCase("/dev/\u0001")]
    [TestCase("/dev/a\nb")]
    [TestCase("/dev/\uD800")]
    [TestCase("/dev/\uFFFE")]
    public void Create_PathThatXmlOrLibvirtCannotHold_Refused(string? path)
    {
        var device = DomainSamples.Device() with { Path = path };
        Assert.That(DomainSamples.Codes(NvdimmElement.Create(device, DomainSamples.Layout(device), 0).Findings), Is.EqualTo(new[] { NvdimmCodes.NoDevicePath }));
    }

    /// <summary>A layout of 2 GiB on a smaller device would write a target that is larger than the device.</summary>
    [Test]
    public void Create_LayoutOfAnotherDevice_IsRefused()
    {
        var device = DomainSamples.Device();
        var larger = device with { Size = ByteSize.FromGiB(2) };
        var result = NvdimmElement.Create(device, DomainSamples.Layout(larger), 0);
        Assert.That(result.IsRefused);
        Assert.That(DomainSamples.Codes(result.Findings), Is.EqualTo(new[] { NvdimmCodes.LayoutOfOtherDevice }));
        Assert.That(result.Findings.Single().Message, Does.Contain("was made for a block device or file of 2 GiB = 2147483648 bytes"));
        var dax = NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.X86_64, device with { Mode = NamespaceMode.Devdax })!.Value).Layout!;
        Assert.That(DomainSamples.Codes(NvdimmElement.Create(device, dax, 0).Findings), Does.Contain(NvdimmCodes.LayoutOfOtherDevice));
    }

    [TestCase("nvdimm0")]
    [TestCase("ua-")]
    [TestCase("ua-a b")]
    [TestCase("ua-a\n")]
    [TestCase("")]
    public void Create_AliasThatLibvirtDrops_Throws(string alias) =>
        Assert.That(() => DomainSamples.Element(alias: alias), Throws.ArgumentException.With.Property("ParamName").EqualTo("alias"));

    [Test]
    public void Create_CallersBug_Throws()
    {
        var device = DomainSamples.Device();
        Assert.That(() => NvdimmElement.Create(null!, DomainSamples.Layout(device), 0), Throws.ArgumentNullException);
        Assert.That(() => NvdimmElement.Create(device, DomainSamples.Layout(device), -1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
