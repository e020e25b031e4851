using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>A request has a domain, parsed or as text; a session reports one that cannot be read, and refuses to begin without any.</summary>
public sealed class StartRequestTests
{
    private const string Xml = "<domain type='kvm'><name>db</name><memory>1048576</memory><devices/></domain>";

    private static StartRequest Request => new()
    {
        Vm = new StartVm("db", "1"),
        Architecture = GuestArchitecture.X86_64,
        Subjects = [],
        Holder = ClaimHolder.OfProcess("db", "1", Environment.ProcessId),
    };

    [Test]
    public void Domain_AndItsText_AreTheSameRequest()
    {
        var parsed = Domain.Parse(Xml).Domain!;
        var (one, other) = (Request with { Domain = parsed }, Request with { DomainXml = Xml });
        Assert.That(one with { Holder = other.Holder }, Is.EqualTo(other));
        Assert.That((one.Domain, one.DomainXml), Is.EqualTo((parsed, Xml)));
        Assert.That((other.Domain, other.DomainXml), Is.EqualTo((parsed, Xml)));
        Assert.That((other with { Domain = null }).DomainXml, Is.Empty);
    }

    [Test]
    public void Begin_WithoutADomain_Throws() =>
        Assert.That(() => Begin(Request), Throws.ArgumentException.With.Message.Contains("no domain"));

    [Test]
    public void Begin_OfATextThatCannotBeRead_IsRefused_AndKeepsTheText()
    {
        var request = Request with { DomainXml = "<domain>" };
        var session = Begin(request);
        Assert.That((session.IsAllowed, session.Domain, session.DomainXml), Is.EqualTo((false, (Domain?)null, (string?)null)));
        Assert.That(session.Findings.Select(finding => finding.Code), Is.EqualTo([NvdimmCodes.XmlMalformed]));
        Assert.That((request.Domain, request.DomainXml), Is.EqualTo(((Domain?)null, "<domain>")));
    }

    /// <summary>An edit makes a text longer; one that is as long as a domain may be is refused, and not an exception.</summary>
    [Test]
    public void Write_OfATextThatGrowsTooLarge_IsRefused()
    {
        var row = StartRows.All.Select(pair => pair.Row).First(row => row.Decide() is { Outcome: StartOutcome.Kept } decision
            && StartDomain.Write(Domain.Parse(row.DomainXml).Domain!, [decision]).Domain!.Xml.Length > row.DomainXml.Length);
        var padding = new string(' ', (16 * 1024 * 1024) - row.DomainXml.Length);
        var (written, findings) = StartDomain.Write(Domain.Parse(row.DomainXml + padding).Domain!, [row.Decide()]);
        Assert.That(written, Is.Null);
        Assert.That(findings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.XmlTooLarge));
    }

    private static StartSession Begin(StartRequest request)
    {
        using var folder = new TemporaryFolder();
        var reader = new StartEvidenceReader(StateFolders.Made(folder.PathOf("state")), TimeProvider.System);
        return StartSession.Begin(reader, reader.ReadHost(), request, new StartPolicy());
    }
}
