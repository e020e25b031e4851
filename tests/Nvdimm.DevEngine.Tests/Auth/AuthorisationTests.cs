using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Nvdimm.DevEngine.Auth;

namespace Nvdimm.DevEngine.Tests.Auth;

/// <summary>Every endpoint that there is, asked by those who may not.</summary>
[Category("access")]
public sealed class AuthorisationTests : EngineTests
{
    /// <summary>What needs no login: what gives one, and what says nothing about the engine.</summary>
    private static readonly string[] Open =
    [
        "POST /ovirt-engine/sso/oauth/token",
        "POST /ovirt-engine/services/sso-logout",
        "GET /ovirt-engine/services/pki-resource", "GET /ovirt-engine/services/health",

        // What the page is told before a login: the engine's address, and whether it is a development engine.
        "GET /ovirt-engine/services/host-devices/",
    ];

    [Test]
    public void Endpoints_WithoutLogin_AreTheKnownOnes()
    {
        var open = Endpoints().Where(endpoint => endpoint.IsOpen).Select(endpoint => $"{endpoint.Method} {endpoint.Path}").Where(name => !IsPage(name));
        Assert.That(open, Is.EquivalentTo(Open));
    }

    [Test]
    public void Endpoints_OfTheApi_AreMany() => Assert.That(Endpoints().Count(endpoint => !endpoint.IsOpen), Is.GreaterThan(40));

    [Test]
    public async Task Endpoint_WithoutToken_Asks() => await AssertAllAsync(null, (endpoint, status) => endpoint.IsOpen ? status != 401 : status == 401);

    [Test]
    public async Task Endpoint_WithWrongToken_Asks() =>
        await AssertAllAsync(new AuthenticationHeaderValue("Bearer", "nobody"), (endpoint, status) => endpoint.IsOpen ? status != 401 : status == 401);

    [Test]
    public async Task Endpoint_WithWrongPassword_Asks() =>
        await AssertAllAsync(RunningEngine.Basic(RunningEngine.Admin, "wrong"), (endpoint, status) => endpoint.IsOpen ? status != 401 : status == 401);

    [Test]
    public async Task Endpoint_WithExpiredToken_Asks()
    {
        var token = await Tokens.GetAsync(Engine, RunningEngine.Admin, RunningEngine.Password);
        Engine.Time.Advance(Sessions.IdleLimit + TimeSpan.FromSeconds(1));
        await AssertAllAsync(new AuthenticationHeaderValue("Bearer", token), (endpoint, status) => endpoint.IsOpen ? status != 401 : status == 401);
    }

    [Test]
    public async Task Endpoint_OfAnotherUser_IsReadOnly()
    {
        var token = await Tokens.GetAsync(Engine, RunningEngine.Reader, RunningEngine.ReaderPassword);
        await AssertAllAsync(
            new AuthenticationHeaderValue("Bearer", token),
            (endpoint, status) => endpoint.IsOpen || endpoint.Method == "GET" ? status is not (401 or 403) : status == 403);
    }

    [Test]
    public async Task Endpoint_OfTheAdministrator_IsOpen()
    {
        var token = await Tokens.GetAsync(Engine, RunningEngine.Admin, RunningEngine.Password);
        await AssertAllAsync(new AuthenticationHeaderValue("Bearer", token), (_, status) => status is not (401 or 403));
    }

    private static bool IsPage(string name) => name == "GET /" || (name.StartsWith("GET /", StringComparison.Ordinal) && !name.StartsWith("GET /ovirt-engine", StringComparison.Ordinal));

    private async Task AssertAllAsync(AuthenticationHeaderValue? authorization, Func<(string Method, string Path, bool IsOpen), int, bool> isRight)
    {
        var wrong = new List<string>();
        foreach (var endpoint in Endpoints())
        {
            using var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), endpoint.Path);
            request.Headers.Authorization = authorization;
            using var answer = await Engine.Anonymous.SendAsync(request);
            if (!isRight(endpoint, (int)answer.StatusCode))
            {
                wrong.Add($"{endpoint.Method} {endpoint.Path}: {(int)answer.StatusCode}");
            }
        }

        AttackCounts.Add(("requests", Endpoints().Count), ("breaches", wrong.Count));
        Assert.That(wrong, Is.Empty);
    }

    private List<(string Method, string Path, bool IsOpen)> Endpoints() =>
    [
        .. from endpoint in Engine.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
           // The end of the session comes last.
           orderby endpoint.RoutePattern.RawText!.EndsWith("sso-logout", StringComparison.Ordinal)
           let path = endpoint.RoutePattern.RawText!.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)
           select (method, path.StartsWith('/') ? path : $"/{path}", endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null),
    ];
}
