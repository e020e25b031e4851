using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What a host says of a domain as a whole, whatever its devices contain.</summary>
public sealed class HostStateTests
{
    private TemporaryFolder folder = null!;
    private string nvdimm = null!;
    private StartEvidenceReader reader = null!;

    [SetUp]
    public void MakeHost()
    {
        folder = new TemporaryFolder();
        folder.WriteMounts();
        nvdimm = folder.Device(RowNames.GiB);
        reader = new StartEvidenceReader(StateFolders.Made(folder.PathOf("state")), new FixedTime(), folder.Path);
    }

    [TearDown]
    public void RemoveHost() => folder.Dispose();

    [Test]
    public void Check_Domain_AndItsText_SayTheSame()
    {
        Assert.That(Codes(Xml()), Is.Empty);
        Assert.That(Codes("<domain>"), Is.EqualTo(new[] { NvdimmCodes.XmlMalformed }));
        var odd = Xml().Replace("<node>0</node>", "<node>7</node>", StringComparison.Ordinal);
        Assert.That(Codes(odd), Is.EqualTo(new[] { NvdimmCodes.XmlNoGuestNode }));
        Assert.That(reader.ReadHost().Check(Domain.Parse(odd).Domain!, []), Is.EqualTo(reader.ReadHost().Check(odd, [])));
    }

    /// <summary>
    /// The layout that is kept is larger than the asked one, and reaches the DIMM behind it; a domain that is not started is looked at as it is.
    /// </summary>
    [Test]
    public void Check_LooksAtTheDomainThatStarts()
    {
        const string Dimm = "<memory model='dimm'><target><size unit='MiB'>128</size><node>0</node></target>"
            + "<address type='dimm' slot='1' base='0x178400000'/></memory>";
        var row = new StartRow("a device of 1 GiB", "HostStateTests") { Labels = [RowLabels.At(RowNames.WholeOffset)] };
        var end = row.DomainXml.LastIndexOf("</memory>", StringComparison.Ordinal);
        var xml = $"{row.DomainXml[..end]}<address type='dimm' slot='0' base='0x140000000'/></memory>{Dimm}{row.DomainXml[(end + "</memory>".Length)..]}";
        string[] Of(params StartDecision[] decisions) => [.. reader.ReadHost().Check(xml, decisions).Select(finding => finding.Code)];
        var refused = row.Hears(Finding.Error(NvdimmCodes.ReadOnly, ("device", "namespace0.0"))).Decide();
        Assert.That((row.Decide().Outcome, refused.Outcome), Is.EqualTo((StartOutcome.Kept, StartOutcome.Refused)));
        Assert.That(Of(), Is.Empty);
        Assert.That(Of(row.Decide()), Is.EqualTo(new[] { NvdimmCodes.XmlAddressOverlap }));
        Assert.That(Of(refused), Is.Empty);

        var second = row with { Device = row.Device with { Path = "/dev/pmem1", Uuid = RowNames.OtherDevice } };
        var memory = second.DomainXml[second.DomainXml.IndexOf("<memory model", StringComparison.Ordinal)..second.DomainXml.IndexOf("</devices>", StringComparison.Ordinal)];
        xml = xml.Replace("</devices>", $"{memory}</devices>", StringComparison.Ordinal);
        Assert.That(Of(row.Decide(), second.Decide()), Is.EqualTo(new[] { NvdimmCodes.XmlAddressOverlap }));
        Assert.That(Of(row.Decide(), second.Hears(Finding.Error(NvdimmCodes.ReadOnly, ("device", "namespace0.0"))).Decide()), Is.Empty, "one is refused");
    }

    /// <summary>A link to the NVDIMM's device is the NVDIMM's device.</summary>
    [Test]
    public void Check_DiskThatLeadsToTheNvdimm_IsRefused()
    {
        var link = folder.PathOf("dev", "link");
        File.CreateSymbolicLink(link, nvdimm);
        var finding = reader.ReadHost().Check(Xml($"<disk type='block' device='disk'><source dev='{link}'/><target dev='vda'/></disk>"), []).Single();
        Assert.That(
            $"{finding.Severity} {finding.InFull()}",
            Is.EqualTo($"Error NVDIMM_XML_DEVICE_TWICE path={nvdimm} uses=NVDIMM 1 and as disk vda"));
        var other = folder.Write("dev/other", "");
        Assert.That(Codes(Xml($"<disk type='block' device='disk'><source dev='{other}'/><target dev='vda'/></disk>")), Is.Empty);
    }

    /// <summary>VDSM's user may not enter the folders of a VM's sockets, and a socket stores nothing.</summary>
    [Test]
    public void Check_PathThatCannotBeLookedAt_IsUnknown_UnlessNothingIsStoredThere()
    {
        var loop = folder.PathOf("dev", "loop");
        File.CreateSymbolicLink(loop, "loop");
        var finding = reader.ReadHost().Check(Xml($"<disk type='block' device='disk'><source dev='{loop}'/><target dev='vda'/></disk>"), []).Single();
        Assert.That((finding.Severity, finding.Code, finding["device"]), Is.EqualTo((Severity.Error, NvdimmCodes.HostUseUnknown, nvdimm)));
        Assert.That(finding["reason"], Does.Contain(loop));
        Assert.That(Codes(Xml($"<serial type='unix'><source mode='bind' path='{loop}'/><target port='0'/></serial>")), Is.Empty);
    }

    /// <summary>Which of the two cannot be looked at does not matter, nor which comes first.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void Check_NvdimmThatCannotBeLookedAt_IsNamed(bool isDiskFirst)
    {
        var disk = $"<disk type='block' device='disk'><source dev='{folder.Write("dev/disk", "")}'/><target dev='vda'/></disk>";
        File.Delete(nvdimm);
        File.CreateSymbolicLink(nvdimm, "pmem0");
        var xml = isDiskFirst ? Xml().Replace("<devices>", $"<devices>{disk}", StringComparison.Ordinal) : Xml(disk);
        Assert.That(reader.ReadHost().Check(xml, []).Single()["device"], Is.EqualTo(nvdimm));
    }

    private string Xml(string device = "") => new RowDomain().Xml(nvdimm, GuestArchitecture.X86_64)
        .Replace("</devices>", $"{device}</devices>", StringComparison.Ordinal);

    private IEnumerable<string> Codes(string xml) => reader.ReadHost().Check(xml, []).Select(finding => finding.Code);
}
