using System.Net.Http.Headers;
using System.Text.Json;
using Nvdimm.DevEngine.Auth;

namespace Nvdimm.DevEngine.Tests.Auth;

/// <summary>Tokens, cookies, passwords.</summary>
public sealed class LoginTests : EngineTests
{
    private static readonly Uri Vms = new("/ovirt-engine/api/vms", UriKind.Relative);

    [Test]
    public async Task Token_InUse_Lives()
    {
        var token = await Tokens.GetAsync(Engine, RunningEngine.Admin, RunningEngine.Password);
        for (var hour = 0; hour < 4; hour++)
        {
            Engine.Time.Advance(Sessions.IdleLimit - TimeSpan.FromSeconds(1));
            Assert.That(await StatusAsync(token), Is.EqualTo(200));
        }
    }

    [Test]
    public async Task Token_AfterLogout_IsNobodys()
    {
        var token = await Tokens.GetAsync(Engine, RunningEngine.Admin, RunningEngine.Password);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("scope", ""), KeyValuePair.Create("token", token)]);
        using var logout = await Engine.Anonymous.PostAsync(new Uri("/ovirt-engine/services/sso-logout", UriKind.Relative), form);
        Assert.That((int)logout.StatusCode, Is.EqualTo(200));
        Assert.That(await StatusAsync(token), Is.EqualTo(401));
    }

    [TestCase("password", "wrong", "access_denied")]
    [TestCase("client_credentials", RunningEngine.Password, "unsupported_grant_type")]
    public async Task Token_Refused_IsBadRequest(string grant, string password, string error)
    {
        using var answer = await Tokens.AskAsync(Engine, ("grant_type", grant), ("username", RunningEngine.Admin), ("password", password));
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString(), Is.EqualTo(error));
    }

    [Test]
    public void Sessions_BeyondTheLimit_EndTheOldest()
    {
        var sessions = new Sessions(Engine.Time);
        var first = sessions.Begin(EngineUser.Admin);
        Engine.Time.Advance(TimeSpan.FromSeconds(1));
        var others = Enumerable.Range(0, Sessions.Maximum).Select(_ => sessions.Begin(EngineUser.Admin)).ToList();
        Assert.That(sessions.Find(first), Is.Null);
        Assert.That(others.ConvertAll(sessions.Find), Has.All.EqualTo(EngineUser.Admin));
    }

    [Test]
    public async Task Cookie_OfPersistentAuth_IsALogin()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Vms);
        request.Headers.Authorization = RunningEngine.Basic(RunningEngine.Admin, RunningEngine.Password);
        request.Headers.Add("Prefer", "persistent-auth");
        using var answer = await Engine.Anonymous.SendAsync(request);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.That(cookie, Does.StartWith($"JSESSIONID-{Engine.Url.Port}=").And.Contain("httponly").And.Contain("samesite=strict"));

        using var again = new HttpRequestMessage(HttpMethod.Get, Vms);
        again.Headers.Add("Cookie", cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]);
        using var second = await Engine.Anonymous.SendAsync(again);
        Assert.That((int)second.StatusCode, Is.EqualTo(200));

        using var ofAnotherPort = new HttpRequestMessage(HttpMethod.Get, Vms);
        ofAnotherPort.Headers.Add("Cookie", $"JSESSIONID={cookie.Split('=', ';')[1]}");
        using var third = await Engine.Anonymous.SendAsync(ofAnotherPort);
        Assert.That((int)third.StatusCode, Is.EqualTo(401));
    }

    [TestCase("with:colon")]
    [TestCase("schlüssel€")]
    public async Task Password_OfAnyCharacters_Works(string password)
    {
        await using var engine = await RunningEngine.StartAsync((options, _) => options with { Password = password });
        using var request = new HttpRequestMessage(HttpMethod.Get, Vms);
        request.Headers.Authorization = RunningEngine.Basic(RunningEngine.Admin, password);
        using var answer = await engine.Anonymous.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(await Tokens.GetAsync(engine, RunningEngine.Admin, password), Is.Not.Empty);
    }

    [Test]
    public async Task Unauthorized_Says_Basic()
    {
        using var answer = await Engine.Anonymous.GetAsync(Vms);
        Assert.That(answer.Headers.WwwAuthenticate.Single().ToString(), Does.StartWith("Basic realm=\"RESTAPI\""));
    }

    [TestCase("cross-site", null, 403)]
    [TestCase("same-site", null, 403)]
    [TestCase("same-origin", null, 201)]
    [TestCase("none", null, 201)]
    [TestCase(null, null, 201)]
    [TestCase(null, "http://evil.lab", 403)]
    [TestCase(null, "null", 403)]
    [TestCase(null, "http://127.0.0.1", 403)]
    [TestCase(null, "http://127.0.0.1:1", 403)]
    [TestCase(null, "SELF", 201)]
    public async Task Change_FromAnotherSite_IsRefused(string? site, string? origin, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/ovirt-engine/api/tags", UriKind.Relative));
        Add("Sec-Fetch-Site", site);
        Add("Origin", origin == "SELF" ? $"http://{Engine.Url.Authority}" : origin);
        request.Content = new StringContent("<tag><name>t</name></tag>", MediaTypeHeaderValue.Parse("application/xml"));
        using var answer = await Engine.Client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    [Test]
    public async Task Request_ToAnotherName_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Vms);
        request.Headers.Host = "attacker.example.org";
        using var answer = await Engine.Client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task Password_NotGiven_IsMadeOnceAndKept()
    {
        using var folder = new TemporaryFolder();
        var announced = new List<string>();
        for (var start = 0; start < 2; start++)
        {
            await using var engine = await RunningEngine.StartAsync((options, _) => options with { Password = null, Database = folder.PathOf("kept.db") }, announced);
            var password = announced[0].Split(' ')[0];
            Assert.That(announced, Has.Count.EqualTo(start + 1));
            Assert.That(announced[start], start == 0 ? Does.Contain("printed only once") : Does.StartWith("as printed at the first start").And.Not.Contain(password));
            Assert.That(await Tokens.GetAsync(engine, RunningEngine.Admin, password), Is.Not.Empty);
            using var wrong = await Tokens.AskAsync(engine, ("grant_type", "password"), ("username", RunningEngine.Admin), ("password", password + "x"));
            Assert.That((int)wrong.StatusCode, Is.EqualTo(400));
        }

        var kept = Convert.ToHexString(await File.ReadAllBytesAsync(folder.PathOf("kept.db")));
        Assert.That(kept, Does.Not.Contain(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(announced[0].Split(' ')[0]))));
    }

    private async Task<int> StatusAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Vms);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Engine.Anonymous.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
