using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nvdimm.EngineService;
using Nvdimm.Page;

namespace Nvdimm.DevEngine.Tests.Service;

/// <summary>The service on a real socket, beside a development engine that stands for a real one. It reads the hosts from files.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private const string Services = "/ovirt-engine/services/host-devices/";

    private readonly TemporaryFolder folder;
    private readonly WebApplication app;

    private RunningService(TemporaryFolder folder, WebApplication app)
    {
        (this.folder, this.app) = (folder, app);
        Url = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Url };
    }

    public Uri Url { get; }

    /// <summary>A client without a token.</summary>
    public HttpClient Client { get; }

    /// <summary>A folder with what <c>ndctl</c> prints on the hosts of the development engine's seed.</summary>
    public static string Hosts(TemporaryFolder folder)
    {
        foreach (var (host, capture) in new[] { ("host1", "main-02-all-modes"), ("host2", "single-devdax"), ("power1", "power-all-modes") })
        {
            folder.Write($"hosts/{host}.json", TestFiles.Text("ndctl", capture, "list-N-v.json"));
        }

        return folder.PathOf("hosts");
    }

    public static async Task<RunningService> StartAsync(RunningEngine engine, Func<ServiceOptions, TemporaryFolder, ServiceOptions>? change = null)
    {
        var own = new TemporaryFolder();
        var options = new ServiceOptions
        {
            Url = new Uri(engine.Url, "ovirt-engine"),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Inventory = Hosts(own),
            Record = own.PathOf("attachments.json"),
        };
        var started = ServiceApp.Create(change?.Invoke(options, own) ?? options, Quietly);
        await started.StartAsync();
        return new RunningService(own, started);
    }

    /// <summary>Asks with a token; the answer is JSON.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? token, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Services + path, UriKind.Relative));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"), text);
        return ((int)answer.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    /// <summary>What the service answers a user.</summary>
    public async Task<JsonElement> GetAsync(string path, string token)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path, token);
        Assert.That(status, Is.EqualTo(200), body.ToString());
        return body;
    }

    /// <summary>The words of a refusal, with its status.</summary>
    public async Task<(int Status, string Detail)> RefusalAsync(HttpMethod method, string path, string? token, string? json = null)
    {
        var (status, body) = await SendAsync(method, path, token, json);
        return (status, body.GetProperty("detail").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }

    private static void Quietly(IServiceCollection services) =>
        services.Configure<LoggerFilterOptions>(filters => filters.Rules.Add(new LoggerFilterRule(null, RequestLog.Category, LogLevel.Warning, null)));
}
