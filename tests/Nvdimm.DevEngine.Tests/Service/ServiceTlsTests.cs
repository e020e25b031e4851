using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nvdimm.DevEngine.Tests.Auth;

namespace Nvdimm.DevEngine.Tests.Service;

/// <summary>The certificate of the engine, which the service checks, and its own.</summary>
public sealed class ServiceTlsTests
{
    private static readonly Uri Authority = new("/ovirt-engine/services/pki-resource?resource=ca-certificate&format=X509-PEM-CA", UriKind.Relative);

    [Test]
    public async Task Engine_WhoseAuthorityIsGiven_IsAsked_AndAnotherIsNot()
    {
        await using var engine = await RunningEngine.StartAsync((options, _) => options with { Urls = "https://127.0.0.1:0" }, trust: true);
        var token = await Tokens.GetAsync(engine, RunningEngine.Admin, RunningEngine.Password);
        var authority = engine.Folder.Write("trusted.pem", await engine.Anonymous.GetStringAsync(Authority));
        await using (var right = await RunningService.StartAsync(engine, (options, _) => options with { CaFile = authority }))
        {
            await right.GetAsync($"hosts/{RunningEngine.HostId(1)}", token);
        }

        var (other, _) = Certificate(engine.Folder, "other");
        await using var wrong = await RunningService.StartAsync(engine, (options, _) => options with { CaFile = other });
        var (status, detail) = await wrong.RefusalAsync(HttpMethod.Get, $"hosts/{RunningEngine.HostId(1)}", token);
        Assert.That(status, Is.EqualTo(502));
        Assert.That(detail, Does.Contain("the engine's certificate is not trusted"));

        using var forwarded = new HttpRequestMessage(HttpMethod.Get, new Uri("/ovirt-engine/api/vms", UriKind.Relative));
        forwarded.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await wrong.Client.SendAsync(forwarded);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("is not trusted"));
    }

    [Test]
    public async Task Service_WithACertificate_SpeaksHttps_AndLetsOnlyTheEngineFrameItsPage()
    {
        await using var engine = await RunningEngine.StartAsync();
        var (certificate, key) = Certificate(engine.Folder, "own");
        await using var service = await RunningService.StartAsync(engine, (options, _) => options with { Certificate = certificate, Key = key });
        Assert.That(service.Url.Scheme, Is.EqualTo("https"));

        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(certificate)));
        using var client = new HttpClient(handler);
        using var page = await client.GetAsync(service.Url);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.That(policy, Does.StartWith("default-src 'none'").And.Not.Contain("unsafe"));
        Assert.That(policy, Does.EndWith($"frame-ancestors 'self' {engine.Url.GetLeftPart(UriPartial.Authority)}"));
    }

    /// <summary>A certificate of 127.0.0.1 that is its own authority, as two PEM files.</summary>
    private static (string Certificate, string Key) Certificate(TemporaryFolder folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (folder.Write($"{name}.pem", certificate.ExportCertificatePem()), folder.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()));
    }
}
