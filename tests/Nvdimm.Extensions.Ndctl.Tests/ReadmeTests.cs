using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Ndctl.Tests;

/// <summary>The README says what is so.</summary>
public sealed class ReadmeTests
{
    private static readonly VmDescription Vm = new()
    {
        Name = "db1",
        PinnedHosts = ["host1"],
        NumaNodes = [new GuestNumaNode(0, [0]), new GuestNumaNode(1, [1])],
        Memory = ByteSize.FromGiB(1),
        MaxMemory = ByteSize.FromGiB(4),
    };

    [Test]
    public void Example_IsTheCodeThatIsCompiled() => ShownExamples.AssertShown("Nvdimm.Extensions.Ndctl.Tests", "ReadmeExample.cs");

    [Test]
    public void Example_OnARealListing_EditsTheDomain()
    {
        var result = Attach("namespace5.0");
        Assert.That(result.Findings.Where(finding => finding.Severity == Severity.Error), Is.Empty);
        var read = DomainNvdimms.Read(result.Xml!);
        Assert.That(read.Elements.Single().Path, Is.EqualTo("/dev/pmem5"));
        Assert.That(read.Elements.Single().GuestNode, Is.EqualTo(1));
    }

    [Test]
    public void Example_DeviceThatIsTooSmall_IsRefusedWithTheReason()
    {
        var result = Attach("namespace1.4");
        Assert.That(result.Xml, Is.Null);
        Assert.That(result.Findings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.SizeRefused));
    }

    private static DomainXmlResult Attach(string device)
    {
        using var listing = new MemoryStream(Captures.Bytes("main-02-all-modes/list-N-v.json"));
        return ReadmeExample.Attach(listing, device, Vm, TestFiles.Text("domain", "ovirt-x86.xml"));
    }
}
