using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Extensions.Engine.Tests.Rest;

/// <summary>The stub on a real socket of the loopback interface.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private StubServer(WebApplication app) => this.app = app;

    public Uri Url => new($"{app.Urls.Single()}/ovirt-engine");

    /// <summary>What happens to a request before the stub sees it; false where it has been answered or cut off already.</summary>
    public Func<HttpContext, Task<bool>> Before { get; set; } = _ => Task.FromResult(true);

    public string? AuthorityPem { get; set; }

    public static async Task<StubServer> StartAsync(StubApi api, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => Secure(listen, certificate)));
        var server = new StubServer(builder.Build());
        server.app.Run(context => server.AnswerAsync(api, context));
        await server.app.StartAsync();
        return server;
    }

    public OvirtClientOptions Options(
        string? password = null,
        int pageSize = 100,
        int maxRetries = 3,
        TimeSpan? attemptTimeout = null,
        TimeSpan? callTimeout = null,
        int? maxAnswerBytes = null,
        int? maxPages = null,
        long? maxListingBytes = null)
    {
        var defaults = new OvirtClientOptions { Url = Url, Username = "-", Password = "-" };
        return new OvirtClientOptions
        {
            Url = Url,
            Username = "admin@internal",
            Password = password ?? StubApi.Password,
            PageSize = pageSize,
            MaxRetries = maxRetries,
            RetryDelay = TimeSpan.Zero,
            AttemptTimeout = attemptTimeout ?? defaults.AttemptTimeout,
            CallTimeout = callTimeout ?? defaults.CallTimeout,
            MaxAnswerBytes = maxAnswerBytes ?? defaults.MaxAnswerBytes,
            MaxPages = maxPages ?? defaults.MaxPages,
            MaxListingBytes = maxListingBytes ?? defaults.MaxListingBytes,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private static void Secure(ListenOptions listen, X509Certificate2? certificate)
    {
        if (certificate is not null)
        {
            listen.UseHttps(certificate);
        }
    }

    private async Task AnswerAsync(StubApi api, HttpContext context)
    {
        if (!await Before(context))
        {
            return;
        }

        if (context.Request.Path == "/ovirt-engine/services/pki-resource")
        {
            await context.Response.WriteAsync(AuthorityPem ?? "");
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var request = context.Request;
        var answer = await api.HandleAsync(request.Method, request.Path.Value!, request.QueryString.Value ?? "", request.Headers.Authorization, await reader.ReadToEndAsync());
        context.Response.StatusCode = answer.Status;
        if (answer.Json is { } json)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json);
        }
    }
}
