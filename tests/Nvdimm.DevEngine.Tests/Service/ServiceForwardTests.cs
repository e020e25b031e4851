using System.Net.Http.Headers;
using System.Text;
using Nvdimm.DevEngine.Tests.Auth;

namespace Nvdimm.DevEngine.Tests.Service;

/// <summary>What the service passes on to the engine for the page that it shows itself.</summary>
public sealed class ServiceForwardTests : EngineTests
{
    private RunningService service = null!;
    private string reader = "";

    [SetUp]
    public async Task StartServiceAsync()
    {
        service = await RunningService.StartAsync(Engine);
        reader = await Tokens.GetAsync(Engine, RunningEngine.Reader, RunningEngine.ReaderPassword);
    }

    [TearDown]
    public async Task StopServiceAsync() => await service.DisposeAsync();

    [Test]
    public async Task Api_IsPassedOn_WithItsQuery_ItsFormat_AndTheUsersRights()
    {
        var (status, body) = await SendAsync(HttpMethod.Get, "api/vms?search=name%3Dvm2&follow=host_devices");
        Assert.That((status, body.Contains("namespace4.0", StringComparison.Ordinal)), Is.EqualTo((200, true)), body);
        Assert.That(body, Does.Not.Contain("\"vm1\""));
        (status, body) = await SendAsync(HttpMethod.Put, $"api/vms/{RunningEngine.IdOf("vm1")}", """{"comment":"changed"}""");
        Assert.That(status, Is.EqualTo(403), body);
        (status, body) = await SendAsync(HttpMethod.Get, "api/vms/nothing");
        Assert.That(status, Is.EqualTo(404), body);
    }

    [TestCase("GET", "api")]
    [TestCase("GET", "api/users")]
    [TestCase("GET", "api/vms/x/hostdevices")]
    [TestCase("POST", "api/vms")]
    [TestCase("DELETE", "api/vms/x")]
    [TestCase("POST", "api/vms/x/migrate")]
    [TestCase("GET", "api/hosts/x/devices")]
    [TestCase("GET", "services/pki-resource?resource=ca-certificate")]
    [TestCase("GET", "api/vms/%2e%2e/%2e%2e/services/health")]
    [TestCase("GET", "api/vms/..%2f..%2fservices%2fhealth")]
    [TestCase("GET", "api/vms/%252e%252e")]
    public async Task Everything_Else_IsNotPassedOn(string method, string path)
    {
        var (status, body) = await SendAsync(new HttpMethod(method), path);
        Assert.That(status, Is.AnyOf(404, 405), body);
        Assert.That(body, Does.Not.Contain("Health"));
    }

    [Test]
    public async Task Body_ThatIsTooLarge_IsTheClientsFault()
    {
        var (status, body) = await SendAsync(HttpMethod.Put, $"api/vms/{RunningEngine.IdOf("vm1")}", $"{{\"comment\":\"{new string('x', 70_000)}\"}}");
        Assert.That(status, Is.EqualTo(413), body);
    }

    [Test]
    public async Task Answers_OfTheEngine_MayLoadNothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/ovirt-engine/api/hosts", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", reader);
        using var answer = await service.Client.SendAsync(request);
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Is.EqualTo("default-src 'none'; frame-ancestors 'none'"));
    }

    [Test]
    public async Task Login_AndLogout_ArePassedOn()
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "password"), new("scope", "ovirt-app-api"), new("username", RunningEngine.Reader), new("password", "wrong")]);
        using var wrong = await service.Client.PostAsync(new Uri("/ovirt-engine/sso/oauth/token", UriKind.Relative), form);
        Assert.That((int)wrong.StatusCode, Is.EqualTo(400));
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("error"));

        using var leave = new FormUrlEncodedContent([new("scope", ""), new("token", reader)]);
        using var left = await service.Client.PostAsync(new Uri("/ovirt-engine/services/sso-logout", UriKind.Relative), leave);
        Assert.That((int)left.StatusCode, Is.EqualTo(200));
        Assert.That((await SendAsync(HttpMethod.Get, "api/hosts")).Status, Is.EqualTo(401), "the session has ended");
    }

    private async Task<(int Status, string Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/ovirt-engine/{path}", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", reader);
        request.Headers.Accept.ParseAdd("application/json");
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await service.Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
