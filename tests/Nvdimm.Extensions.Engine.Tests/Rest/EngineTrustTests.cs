using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Extensions.Engine.Tests.Rest;

/// <summary>Whom the client trusts, against a real TLS server with an authority of its own.</summary>
public sealed class EngineTrustTests
{
    private X509Certificate2 authority = null!;
    private X509Certificate2 other = null!;
    private X509Certificate2 certificate = null!;
    private StubServer server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        authority = StubCertificates.Authority("engine CA");
        other = StubCertificates.Authority("another CA");
        certificate = StubCertificates.Server(authority);
        server = await StubServer.StartAsync(new StubApi(EngineSamples.Engine()), certificate);
        server.AuthorityPem = authority.ExportCertificatePem();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        authority.Dispose();
        other.Dispose();
        certificate.Dispose();
    }

    [Test]
    public async Task Authority_FromAFile_IsTrusted()
    {
        using var folder = new TemporaryFolder();
        Assert.That(await FailureAsync(EngineTrust.FromFile(folder.Write("ca.pem", authority.ExportCertificatePem()))), Is.Null);
    }

    [Test]
    public async Task Authority_ThatIsPinned_IsFetchedAndTrusted()
    {
        var fingerprint = string.Join(':', authority.GetCertHash(HashAlgorithmName.SHA256).Select(part => part.ToString("x2")));
        Assert.That(await FailureAsync(await EngineTrust.PinnedAsync(server.Url, fingerprint)), Is.Null);
    }

    [Test]
    public async Task Authority_WithAnotherFingerprint_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<OvirtException>(() => EngineTrust.PinnedAsync(server.Url, other.GetCertHashString(HashAlgorithmName.SHA256)));
        Assert.That(refused!.Failure, Is.EqualTo(OvirtFailure.BadAnswer));
        Assert.That(refused.Detail, Does.Contain(authority.GetCertHashString(HashAlgorithmName.SHA256)));
    }

    [Test]
    public async Task AnotherAuthority_IsNotTrusted() => Assert.That((await FailureAsync(EngineTrust.FromPem(other.ExportCertificatePem())))!.Failure, Is.EqualTo(OvirtFailure.NotReached));

    [Test]
    public async Task System_DoesNotTrustIt()
    {
        var failure = await FailureAsync(EngineTrust.System);
        Assert.That(failure!.Failure, Is.EqualTo(OvirtFailure.NotReached));
        Assert.That(failure.Detail, Does.Contain("certificate"));
    }

    [TestCase("00")]
    [TestCase("zz")]
    public void Fingerprint_ThatIsNone_IsACallersBug(string fingerprint) => Assert.That(() => EngineTrust.PinnedAsync(server.Url, fingerprint), Throws.ArgumentException);

    [Test]
    public void Pem_WithoutCertificate_IsACallersBug() => Assert.That(() => EngineTrust.FromPem("no certificate"), Throws.ArgumentException);

    private async Task<OvirtException?> FailureAsync(EngineTrust trust)
    {
        using var http = new HttpClient(trust.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        await using var client = new OvirtClient(http, server.Options(maxRetries: 0));
        try
        {
            await client.GetVmAsync("v1");
            return null;
        }
        catch (OvirtException failed)
        {
            return failed;
        }
    }
}
