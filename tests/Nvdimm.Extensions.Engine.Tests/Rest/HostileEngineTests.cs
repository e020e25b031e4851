using System.Net;
using System.Net.Sockets;
using System.Security;
using System.Text;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Extensions.Engine.Tests.Rest;

/// <summary>The client against servers that refuse, hang, never end, or send back what they were sent; over real sockets.</summary>
public sealed class HostileEngineTests
{
    private const string Sso = "/ovirt-engine/sso/oauth/token";

    private readonly HttpClient http = new(EngineTrust.System.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    private StubServer server = null!;
    private int logins;
    private int requests;

    [SetUp]
    public async Task StartAsync()
    {
        (logins, requests) = (0, 0);
        server = await StubServer.StartAsync(new StubApi(EngineSamples.Engine()));
    }

    [TearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [OneTimeTearDown]
    public void Free() => http.Dispose();

    [TestCase("https://engine/ovirt-engine", false, true)]
    [TestCase("http://localhost:8080/ovirt-engine", false, true)]
    [TestCase("http://127.0.0.9/ovirt-engine", false, true)]
    [TestCase("http://[::1]:80/ovirt-engine", false, true)]
    [TestCase("http://engine/ovirt-engine", false, false)]
    [TestCase("http://localhost.example.org/ovirt-engine", false, false)]
    [TestCase("http://192.0.2.1/ovirt-engine", false, false)]
    [TestCase("http://engine/ovirt-engine", true, true)]
    public void PlainHttp_ToAnotherMachine_IsRefusedUnlessAllowed(string address, bool isUnencryptedAllowed, bool isAccepted)
    {
        var options = new OvirtClientOptions { Url = new Uri(address), Username = "admin", Password = "secret", AllowUnencrypted = isUnencryptedAllowed };
        Assert.That(options.IsTransportAllowed, Is.EqualTo(isAccepted));
        Assert.That(() => new OvirtClient(http, options), isAccepted ? Throws.Nothing : Throws.ArgumentException.With.Message.Contains("AllowUnencrypted"));
    }

    /// <summary>What may pass is tried once more; what no engine answers is not sent the password again.</summary>
    [TestCase(500, "application/json", "{}", 2, OvirtFailure.ServerFailed)]
    [TestCase(429, "text/html", "<html/>", 2, OvirtFailure.ServerFailed)]
    [TestCase(0, "", "", 2, OvirtFailure.Interrupted)]
    [TestCase(307, "text/html", "<html/>", 1, OvirtFailure.BadAnswer)]
    [TestCase(200, "text/html", "<html/>", 1, OvirtFailure.BadAnswer)]
    [TestCase(200, "application/json", "{}", 1, OvirtFailure.BadAnswer)]
    [TestCase(200, "application/json", """{"access_token":"line\nbreak"}""", 1, OvirtFailure.BadAnswer)]
    [TestCase(400, "application/json", """{"error":"access_denied"}""", 1, OvirtFailure.Unauthorized)]
    public void Login_ThatFails_SendsThePasswordAtMostTwice(int status, string type, string body, int expected, OvirtFailure failure)
    {
        server.Before = context => AnswerAsync(context, Sso, status, type, body);
        var client = new OvirtClient(http, server.Options(maxRetries: 10));
        Assert.That(() => client.GetVmAsync("v1"), Throws.TypeOf<OvirtException>().With.Property("Failure").EqualTo(failure));
        Assert.That(logins, Is.EqualTo(expected));
    }

    [Test]
    public async Task Change_WhoseLoginFails_WasSurelyNotMade()
    {
        server.Before = context => AnswerAsync(context, Sso, 500, "application/json", "{}");
        var client = new OvirtClient(http, server.Options(maxRetries: 10));
        var failure = await Assert.ThrowsAsync<OvirtException>(() => client.AddVmHostDeviceAsync("v1", HostDeviceKey.OfName("namespace0.0")));
        Assert.That((failure!.IsOutcomeUnknown, logins, requests), Is.EqualTo((false, 2, 2)));
    }

    [Test]
    public async Task Session_ThatIsForgottenAgainAndAgain_SendsThePasswordAtMostTwice()
    {
        server.Before = context => AnswerAsync(context, "/ovirt-engine/api/vms/v1", 401, "text/html", "");
        var client = new OvirtClient(http, server.Options(maxRetries: 10));
        var failure = await Assert.ThrowsAsync<OvirtException>(() => client.GetVmAsync("v1"));
        Assert.That((failure!.Failure, logins), Is.EqualTo((OvirtFailure.Unauthorized, 2)));
    }

    [Test]
    public void ManyCalls_WhoseLoginFails_SendThePasswordOnce()
    {
        var release = new TaskCompletionSource();
        server.Before = async context =>
        {
            await release.Task;
            return await AnswerAsync(context, Sso, 500, "application/json", "{}");
        };
        var client = new OvirtClient(http, server.Options(maxRetries: 0));
        var calls = Enumerable.Range(0, 32).Select(_ => client.GetVmAsync("v1")).ToArray();
        release.SetResult();
        foreach (var call in calls)
        {
            Assert.That(() => call, Throws.TypeOf<OvirtException>().With.Property("Failure").EqualTo(OvirtFailure.ServerFailed));
        }

        Assert.That(logins, Is.EqualTo(1));
    }

    /// <summary>A repetition would wait for an hour.</summary>
    [Test]
    [CancelAfter(60_000)]
    public async Task Engine_ThatNeverAnswered_IsAskedOnce(CancellationToken cancellationToken)
    {
        var url = server.Url;
        await server.DisposeAsync();
        var options = new OvirtClientOptions
        {
            Url = url,
            Username = "admin@internal",
            Password = "secret",
            MaxRetries = 10,
            RetryDelay = TimeSpan.FromMinutes(1),
            CallTimeout = TimeSpan.FromHours(1),
        };
        var failure = await Assert.ThrowsAsync<OvirtException>(() => new OvirtClient(http, options).GetVmAsync("v1", cancellationToken));
        Assert.That(failure!.Failure, Is.EqualTo(OvirtFailure.NotReached));
    }

    [Test]
    public async Task Engine_ThatRestarts_IsWaitedFor()
    {
        var refused = 0;
        using var handler = EngineTrust.System.CreateHandler();
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        handler.ConnectCallback = async (context, cancellationToken) =>
        {
            if (Volatile.Read(ref requests) == 2 && ++refused <= 2)
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        };
        server.Before = CountAsync;
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var engine = new OvirtClient(client, server.Options(maxRetries: 3));
        Assert.That(await engine.GetVmAsync("v1"), Is.Not.Null);
        Assert.That(await engine.GetVmAsync("v1"), Is.Not.Null);
        Assert.That(refused, Is.EqualTo(3));
    }

    [TestCase("/ovirt-engine/sso/oauth/token")]
    [TestCase("/ovirt-engine/api/vms/v1")]
    [CancelAfter(60_000)]
    public async Task Hanging_EndsWithTheCall(string path, CancellationToken cancellationToken)
    {
        server.Before = async context =>
        {
            await CountAsync(context);
            if (context.Request.Path == path)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return false;
            }

            return true;
        };
        var options = server.Options(maxRetries: 10, attemptTimeout: TimeSpan.FromHours(1), callTimeout: TimeSpan.FromMilliseconds(500));
        var failure = await Assert.ThrowsAsync<OvirtException>(() => new OvirtClient(http, options, new SlowClock()).GetVmAsync("v1", cancellationToken));
        Assert.That((failure!.Failure, logins), Is.EqualTo((OvirtFailure.TimedOut, 1)));
    }

    /// <summary>A clock that shows half of the time that its timers wait: they end before the time that it shows is over.</summary>
    private sealed class SlowClock : TimeProvider
    {
        public override long GetTimestamp() => base.GetTimestamp() / 2;
    }

    [TestCase("/ovirt-engine/sso/oauth/token", false)]
    [TestCase("/ovirt-engine/sso/oauth/token", true)]
    [TestCase("/ovirt-engine/api/vms/v1", false)]
    [TestCase("/ovirt-engine/api/vms/v1", true)]
    public async Task Answer_WithoutEnd_IsReadOnceAndCutOff(string path, bool isAnnounced)
    {
        var asked = 0;
        server.Before = async context =>
        {
            if (context.Request.Path != path)
            {
                return true;
            }

            asked++;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = isAnnounced ? 1L << 40 : null;
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 16 << 10));
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(spaces, context.RequestAborted).AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
            }

            return false;
        };
        var options = server.Options(maxRetries: 10, maxAnswerBytes: 1 << 20);
        var failure = await Assert.ThrowsAsync<OvirtException>(() => new OvirtClient(http, options).GetVmAsync("v1"));
        Assert.That((failure!.Failure, asked), Is.EqualTo((OvirtFailure.BadAnswer, 1)));
        Assert.That(failure.Detail, Does.StartWith("the answer has more than "));
    }

    [TestCase(7, 1L << 30, 7)]
    [TestCase(1000, 100_000L, 4)]
    public async Task Pages_WithoutEnd_AreGivenUp(int maxPages, long maxBytes, int expected)
    {
        var pages = 0;
        server.Before = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/hosts", StringComparison.Ordinal))
            {
                return true;
            }

            pages++;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"host":[{"id":"h{{pages}}","name":"host{{pages}}","comment":"{{new string('x', 30_000)}}"}]}""");
            return false;
        };
        var options = server.Options(pageSize: 1, maxPages: maxPages, maxListingBytes: maxBytes);
        var failure = await Assert.ThrowsAsync<OvirtException>(async () => await new OvirtClient(http, options).ListHostsAsync().ToListAsync());
        Assert.That((failure!.Failure, pages), Is.EqualTo((OvirtFailure.BadAnswer, expected)));
        Assert.That(failure.Detail, Does.Contain($"given up after {expected} pages"));
    }

    /// <summary>Wherever a server puts it, and as it was sent, as JSON or HTML writes it, cut in the middle, or as no HTTP at all.</summary>
    [TestCase("sso fault")]
    [TestCase("sso plain")]
    [TestCase("sso garbage")]
    [TestCase("sso media type")]
    [TestCase("api fault")]
    [TestCase("api xml fault")]
    [TestCase("api reason")]
    [TestCase("api long fault")]
    [TestCase("api media type")]
    [TestCase("api member name")]
    [TestCase("api garbage")]
    [TestCase("api other device")]
    public async Task Secret_ThatIsSentBack_IsMasked(string kind)
    {
        const string Password = "Pä&s w\"ö<rd=1+XYZ";
        const string Token = "tok\"en<-XYZ&0123456789";
        await using var echo = new RawServer(request => Echo(kind, request, Token));
        var options = new OvirtClientOptions { Url = echo.Url, Username = "admin@internal", Password = Password, MaxRetries = 0 };
        var client = new OvirtClient(http, options);
        var failure = await Assert.ThrowsAsync<OvirtException>(() => kind == "api other device"
            ? client.AddVmHostDeviceAsync("v1", HostDeviceKey.OfName("namespace0.0"))
            : client.GetVmAsync("v1"));
        var all = $"{failure} {failure!.Detail} {failure.Reason} {failure.InnerException} {failure.InnerException?.InnerException}";
        Assert.That(all, Does.Contain("***").And.Not.Contain("XYZ").And.Not.Contain("01234"));
    }

    private static string Echo(string kind, string request, string token)
    {
        if (request.Contains("sso/oauth", StringComparison.Ordinal))
        {
            var form = request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            return kind switch
            {
                "sso fault" => RawServer.Http(400, "application/json", Json(("error_description", $"Cannot authenticate {form}"), ("error_code", form))),
                "sso plain" => RawServer.Http(503, "application/json", Json(("detail", Plain(form)), ("reason", WebUtility.HtmlEncode(Plain(form))))),
                "sso garbage" => $"{form}\r\n\r\n",
                "sso media type" => RawServer.Http(200, $"text/{form.Split("password=")[1]}", "x"),
                _ => RawServer.Http(200, "application/json", Json(("access_token", token))),
            };
        }

        var authorization = request.Split("\r\n").Single(line => line.StartsWith("Authorization: ", StringComparison.OrdinalIgnoreCase));
        return kind switch
        {
            "api fault" => RawServer.Http(400, "application/json", Json(("detail", $"[no {authorization}]"), ("reason", "Operation Failed"))),
            "api xml fault" => RawServer.Http(400, "application/xml", $"<fault><detail>{SecurityElement.Escape(authorization)}</detail></fault>"),
            "api reason" => RawServer.Http(500, "application/json", Json(("reason", authorization))),
            "api long fault" => RawServer.Http(400, "application/json", Json(("detail", new string('x', (16 << 10) - 12) + token))),
            "api media type" => RawServer.Http(200, $"text/{Uri.EscapeDataString(token)}", "x"),
            "api member name" => RawServer.Http(200, "application/json", Json((token, "x"))[..^3]),
            "api other device" => RawServer.Http(200, "application/json", Json(("name", token), ("id", "1"))),
            _ => $"{authorization}\r\n\r\n",
        };
    }

    private static string Plain(string form) => Uri.UnescapeDataString(form.Replace('+', ' '));

    private static string Json(params (string Name, string Value)[] members) => new JObject(
        members.Select(member => new JProperty(member.Name, member.Value))).ToString(Formatting.None);

    private Task<bool> CountAsync(HttpContext context)
    {
        Interlocked.Increment(ref requests);
        logins += context.Request.Path == Sso ? 1 : 0;
        return Task.FromResult(true);
    }

    /// <summary>Answers requests of a path; status 0 cuts the connection.</summary>
    private async Task<bool> AnswerAsync(HttpContext context, string path, int status, string type, string body)
    {
        await CountAsync(context);
        if (context.Request.Path != path)
        {
            return true;
        }

        if (status == 0)
        {
            context.Abort();
            return false;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body);
        return false;
    }
}
