using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Nvdimm.DevEngine.Tests.Tls;

/// <summary>The engine's own authority.</summary>
public sealed class TlsTests
{
    private static readonly Uri Certificate = new("/ovirt-engine/services/pki-resource?resource=ca-certificate&format=X509-PEM-CA", UriKind.Relative);

    [Test]
    public async Task Server_IsTrustedByItsAuthorityOnly()
    {
        await using var engine = await RunningEngine.StartAsync((options, _) => options with { Urls = "https://127.0.0.1:0" }, trust: true);
        Assert.That((await engine.GetXmlAsync("")).Name.LocalName, Is.EqualTo("api"));
        using var stranger = new HttpClient();
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(new Uri(engine.Url, "/ovirt-engine/api")));
        Assert.That(refused!.InnerException, Is.InstanceOf<AuthenticationException>());
    }

    [Test]
    public async Task Authority_IsServedAndKept()
    {
        using var folder = new TemporaryFolder();
        var served = new List<string>();
        for (var start = 0; start < 2; start++)
        {
            await using var engine = await RunningEngine.StartAsync((options, _) => options with { Urls = "https://127.0.0.1:0", Database = folder.PathOf("engine.db") }, trust: true);
            served.Add(await engine.Anonymous.GetStringAsync(Certificate));
        }

        Assert.That(served[1], Is.EqualTo(served[0]));
        Assert.That(served[0], Does.Not.Contain("PRIVATE KEY"));
        using var authority = X509Certificate2.CreateFromPem(served[0]);
        Assert.That(authority.Subject, Is.EqualTo("CN=Nvdimm.DevEngine CA"));
        Assert.That(File.GetUnixFileMode(folder.PathOf("engine.db.ca.pem")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [TestCase("resource=ca-certificate&format=X509-PEM-CA", 404)]
    [TestCase("resource=engine-certificate", 400)]
    public async Task Authority_WithoutTls_IsNotThere(string query, int status)
    {
        await using var engine = await RunningEngine.StartAsync();
        using var answer = await engine.Anonymous.GetAsync(new Uri($"/ovirt-engine/services/pki-resource?{query}", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }
}
