using System.Text;
using Nvdimm.Extensions;

namespace Nvdimm.Hook.Tests;

/// <summary>Texts that are no domain, have no NVDIMM, or are encoded otherwise than as UTF-8.</summary>
public sealed class BeforeVmStartTextTests
{
    private const string Point = "before_vm_start";
    private HookHost host = null!;

    [SetUp]
    public void SetUp() => host = new HookHost();

    [TearDown]
    public void TearDown() => host.Dispose();

    [TestCase("")]
    [TestCase("<domain><name>a</name>")]
    [TestCase("no XML at all")]
    [TestCase("<domain><name>nvdimm</name><memory>many</memory><devices/></domain>")]
    public void NoNvdimm_StaysToTheByte_WhateverItIs(string domain)
    {
        host.Configure("frob = 1");
        Assert.That(host.Run(Point, domain), Is.EqualTo((0, "", ValueList<string>.Empty)));
        Assert.That(File.ReadAllText(host.Payload), Is.EqualTo(domain));
    }

    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    [TestCase("utf-32")]
    [TestCase("utf-32BE")]
    public void TextThatIsNoUtf8_IsRefused_WithAnNvdimmOnly(string encoding)
    {
        host.AddFsdax(0);
        var plain = Encoding.GetEncoding(encoding).GetBytes("\uFEFF<domain><name>a</name><memory>1</memory><devices/></domain>");
        Assert.That(host.Run(Point, plain), Is.EqualTo((0, "", ValueList<string>.Empty)));
        Assert.That(File.ReadAllBytes(host.Payload), Is.EqualTo(plain));
        foreach (var model in new[] { "nvdimm", "nvdim&#109;" })
        {
            var domain = host.Domain("engine-one.xml").Replace("model=\"nvdimm\"", $"model=\"{model}\"", StringComparison.Ordinal);
            var (status, line, _) = host.Run(Point, Encoding.GetEncoding(encoding).GetBytes(domain));
            Assert.That(status, Is.EqualTo(ExitStatus.Refused), line);
        }
    }

    [TestCase("nvdim&#109;")]
    [TestCase("&#x6E;vdimm")]
    public void Nvdimm_WrittenWithReferences_IsFound(string model)
    {
        host.AddFsdax(0);
        var domain = host.Domain("engine-one.xml");
        var written = domain.Replace("model=\"nvdimm\"", $"model=\"{model}\"", StringComparison.Ordinal);
        Assert.That(written, Is.Not.EqualTo(domain));
        Assert.That(host.Run(Point, written).Status, Is.Zero);
        Assert.That(host.Ledger.List().Records, Has.Count.EqualTo(1));
        Assert.That(host.Run("before_vm_hibernate", domain.Replace("model=\"nvdimm\"", "model = 'nvdimm'", StringComparison.Ordinal)).Status, Is.EqualTo(ExitStatus.Refused));
    }

    /// <summary>The word in a text says nothing, however long it is: longer ones than 16 MiB are not read as XML.</summary>
    [Test]
    public void LongDomainWithoutNvdimm_StaysToTheByte_WhateverItIsCalled()
    {
        var domain = $"<domain><name>nvdimm-vm</name><description>an nvdimm {new string('x', 17 << 20)}</description><devices/></domain>";
        Assert.That(host.Run(Point, domain), Is.EqualTo((0, "", ValueList<string>.Empty)));
        Assert.That(File.ReadAllText(host.Payload), Is.EqualTo(domain));
    }

    [Test]
    public void ByteOrderMark_IsTaken_AndStays()
    {
        host.AddFsdax(0);
        byte[] Marked(string text) => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)];
        var (status, line, _) = host.Run(Point, Marked(host.Domain("engine-one.xml")));
        Assert.That((status, File.ReadAllBytes(host.Payload).AsSpan().SequenceEqual(Marked(host.Domain("engine-one.xml")))), Is.EqualTo((0, true)), line);
        Assert.That(host.Run(Point, Marked(host.Domain("engine-other-size.xml"))).Codes, Does.Contain(NvdimmCodes.HookLayoutKept));
        var marked = File.ReadAllBytes(host.Payload);
        Assert.That(host.Run(Point, host.Domain("engine-other-size.xml")).Status, Is.Zero);
        Assert.That(marked, Is.EqualTo(Marked(File.ReadAllText(host.Payload))), "as without mark, and with it");
    }
}
