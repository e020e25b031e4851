using System.Net;
using Microsoft.AspNetCore.Http;
using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests.Rest;

/// <summary>The client over a real socket.</summary>
public sealed class OvirtClientTests
{
    private readonly HttpClient http = new(EngineTrust.System.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    private InMemoryEngine engine = null!;
    private StubApi api = null!;
    private StubServer server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        engine = EngineSamples.Engine();
        api = new StubApi(engine);
        server = await StubServer.StartAsync(api);
    }

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [OneTimeTearDown]
    public void Free() => http.Dispose();

    [Test]
    public async Task Session_ThatTheEngineForgot_IsRenewedOnce()
    {
        var logins = 0;
        server.Before = context =>
        {
            logins += context.Request.Path.Value!.Contains("/sso/", StringComparison.Ordinal) ? 1 : 0;
            return Task.FromResult(true);
        };
        await using var client = new OvirtClient(http, server.Options());
        await client.GetVmAsync("v1");
        api.Expire();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetVmAsync("v1")));
        Assert.That(logins, Is.EqualTo(2));
    }

    [Test]
    public async Task Dispose_LogsOut()
    {
        var client = new OvirtClient(http, server.Options());
        await client.GetVmAsync("v1");
        var token = api.Token;
        await client.DisposeAsync();
        Assert.That(api.Token, Is.Not.EqualTo(token));
    }

    /// <summary>The user's own session: it is not renewed, since there is no password, and it goes on after the client.</summary>
    [Test]
    public async Task Token_OfAUser_IsSent_AndNeitherRenewedNorRevoked()
    {
        var other = new List<string>();
        server.Before = context =>
        {
            if (!context.Request.Path.StartsWithSegments("/ovirt-engine/api", StringComparison.Ordinal))
            {
                other.Add(context.Request.Path.Value!);
            }

            return Task.FromResult(true);
        };
        var token = api.Token;
        await using (var client = new OvirtClient(http, new OvirtClientOptions(server.Url, token)))
        {
            Assert.That((await client.GetVmAsync("v1"))!.Name, Is.EqualTo("vm1"));
        }

        Assert.That(api.Token, Is.EqualTo(token), "not revoked");
        api.Expire();
        var ended = new OvirtClient(http, new OvirtClientOptions(server.Url, token));
        var refused = await Assert.ThrowsAsync<OvirtException>(() => ended.GetVmAsync("v1"));
        Assert.That((refused!.Failure, refused.Status), Is.EqualTo((OvirtFailure.Unauthorized, HttpStatusCode.Unauthorized)));
        Assert.That(refused.ToString(), Does.Not.Contain(token));
        Assert.That(other, Is.Empty, "no login, no logout");
    }

    [TestCase("")]
    [TestCase("two words")]
    [TestCase("line\nbreak")]
    public void Token_ThatNoHeaderCanHave_IsRefused(string token) =>
        Assert.Throws<ArgumentException>(() => _ = new OvirtClientOptions(server.Url, token));

    [Test]
    public async Task WrongPassword_IsUnauthorizedAndNamesNoPassword()
    {
        var client = new OvirtClient(http, server.Options(password: "not the password"));
        var refused = await Assert.ThrowsAsync<OvirtException>(() => client.GetVmAsync("v1"));
        Assert.That(refused!.Failure, Is.EqualTo(OvirtFailure.Unauthorized));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(refused.ToString(), Does.Contain("Cannot authenticate").And.Not.Contain("not the password"));
    }

    [Test]
    public async Task Request_HasTheVersionAndAsksForJson()
    {
        var seen = "";
        server.Before = context =>
        {
            seen = $"{context.Request.Headers["Version"]} {context.Request.Headers.Accept}";
            return Task.FromResult(true);
        };
        await new OvirtClient(http, server.Options()).GetVmAsync("v1");
        Assert.That(seen, Is.EqualTo("4 application/json"));
    }

    [Test]
    public async Task Pages_OfEverySize_GiveEveryHostOnce()
    {
        for (var host = 3; host <= 25; host++)
        {
            engine.ReportHost(EngineSamples.Host1 with { Id = $"h{host}", Name = $"host{host:D2}" });
        }

        foreach (var size in new[] { 1, 5, 24, 25, 26, 100 })
        {
            await using var client = new OvirtClient(http, server.Options(pageSize: size));
            var hosts = await client.ListHostsAsync().Select(host => host.Id).ToListAsync();
            Assert.That(hosts, Has.Count.EqualTo(25).And.Unique, $"pages of {size}");
        }
    }

    [Test]
    public void Pages_OfAServerThatKnowsNone_AreAFailureNotAShorterList()
    {
        server.Before = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/hosts", StringComparison.Ordinal))
            {
                return true;
            }

            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"host":[{"id":"h1","name":"host1"}]}""");
            return false;
        };
        var client = new OvirtClient(http, server.Options(pageSize: 1));
        Assert.That(async () => await client.ListHostsAsync().ToListAsync(), Throws.TypeOf<OvirtException>().With.Property("Failure").EqualTo(OvirtFailure.BadAnswer));
    }

    [TestCase("", "text/html", OvirtFailure.BadAnswer)]
    [TestCase("<html/>", "text/html", OvirtFailure.BadAnswer)]
    [TestCase("[]", "application/json", OvirtFailure.BadAnswer)]
    [TestCase("null", "application/json", OvirtFailure.BadAnswer)]
    [TestCase("""{"host_device":"many"}""", "application/json", OvirtFailure.BadAnswer)]
    [TestCase("""{"host_device":[{"name":"a"}]""", "application/json", OvirtFailure.BadAnswer)]
    [TestCase("""{"host_device":[{}]}""", "application/json", OvirtFailure.BadAnswer)]
    [TestCase("""{"host_device":[]}{}""", "application/json", OvirtFailure.BadAnswer)]
    public void BadAnswer_IsNeverAnEmptyList(string body, string type, OvirtFailure failure)
    {
        server.Before = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/hostdevices", StringComparison.Ordinal))
            {
                return true;
            }

            context.Response.ContentType = type;
            await context.Response.WriteAsync(body);
            return false;
        };
        var client = new OvirtClient(http, server.Options(maxRetries: 1));
        Assert.That(async () => await client.ListVmHostDevicesAsync("v1").ToListAsync(), Throws.TypeOf<OvirtException>().With.Property("Failure").EqualTo(failure));
    }

    [Test]
    public void Answer_ThatIsTooDeep_IsABadAnswer()
    {
        server.Before = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/v1", StringComparison.Ordinal))
            {
                return true;
            }

            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(string.Concat(Enumerable.Repeat("""{"a":""", 100_000)));
            return false;
        };
        var client = new OvirtClient(http, server.Options(maxRetries: 0));
        Assert.That(() => client.GetVmAsync("v1"), Throws.TypeOf<OvirtException>().With.Property("Failure").EqualTo(OvirtFailure.BadAnswer));
    }

    [Test]
    public async Task Cancelled_HasTheTokenOfTheCaller()
    {
        using var cancellation = new CancellationTokenSource();
        server.Before = async context =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return false;
        };
        Assert.That(
            async () => await new OvirtClient(http, server.Options()).GetVmAsync("v1", cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
    }

    [Test]
    public void Answer_WithoutEnd_IsCutOff()
    {
        server.Before = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/v1", StringComparison.Ordinal))
            {
                return true;
            }

            var chunk = new byte[64 << 10];
            Array.Fill(chunk, (byte)' ');
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }

            return false;
        };
        var options = new OvirtClientOptions { Url = server.Url, Username = "admin@internal", Password = StubApi.Password, MaxRetries = 0, MaxAnswerBytes = 1 << 20 };
        Assert.That(() => new OvirtClient(http, options).GetVmAsync("v1"), Throws.TypeOf<OvirtException>().With.Property("Failure").EqualTo(OvirtFailure.BadAnswer));
    }

    [Test]
    public async Task Connection_ThatBreaksInTheMiddle_IsTriedAgain()
    {
        var tries = 0;
        server.Before = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/v1", StringComparison.Ordinal) || ++tries > 2)
            {
                return true;
            }

            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"id\":");
            await context.Response.Body.FlushAsync();
            context.Abort();
            return false;
        };
        Assert.That((await new OvirtClient(http, server.Options()).GetVmAsync("v1"))!.Name, Is.EqualTo("vm1"));
        Assert.That(tries, Is.EqualTo(3));
    }

    [Test]
    public void Hanging_IsTimedOut()
    {
        server.Before = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return false;
        };
        var options = new OvirtClientOptions { Url = server.Url, Username = "admin@internal", Password = StubApi.Password, MaxRetries = 0, AttemptTimeout = TimeSpan.FromMilliseconds(50) };
        Assert.That(() => new OvirtClient(http, options).GetVmAsync("v1"), Throws.TypeOf<OvirtException>().With.Property("Failure").EqualTo(OvirtFailure.TimedOut));
    }

    [Test]
    public async Task Requests_InFlight_AreNeverMoreThanAllowed()
    {
        var (now, most) = (0, 0);
        server.Before = async _ =>
        {
            var count = Interlocked.Increment(ref now);
            InterlockedMax(ref most, count);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return true;
        };
        var options = new OvirtClientOptions { Url = server.Url, Username = "admin@internal", Password = StubApi.Password, MaxRequestsInFlight = 3 };
        await using var client = new OvirtClient(http, options);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => client.GetVmAsync("v1")));
        Assert.That(most, Is.InRange(1, 3));
    }

    [Test]
    public void Id_ThatWouldLeadElsewhere_IsEscapedOrRefused()
    {
        var client = new OvirtClient(http, server.Options());
        Assert.That(client.GetVmAsync("../hosts/h1"), Is.Not.Null);
        Assert.That(() => client.GetVmAsync(".."), Throws.ArgumentException);
        Assert.That(async () => await client.GetVmAsync("../hosts/h1"), Is.Null);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
