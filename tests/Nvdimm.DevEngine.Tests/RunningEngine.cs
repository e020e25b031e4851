using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nvdimm.DevEngine.Tls;
using Nvdimm.Page;

namespace Nvdimm.DevEngine.Tests;

/// <summary>A whole engine on a real socket, with a database of its own.</summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    public const string Password = "s3cret:word";
    public const string ReaderPassword = "look";
    public const string Admin = "admin@internal";
    public const string Reader = "reader@internal";

    private RunningEngine(TemporaryFolder folder, WebApplication app, ManualTime time, HttpMessageHandler handler)
    {
        Folder = folder;
        App = app;
        Time = time;
        Url = new Uri(app.Urls.Single());
        Anonymous = new HttpClient(handler, disposeHandler: false) { BaseAddress = Url };
        Client = new HttpClient(handler) { BaseAddress = Url };
        Client.DefaultRequestHeaders.Authorization = Basic(Admin, Password);
    }

    /// <summary>Where the database is; goes with the engine.</summary>
    public TemporaryFolder Folder { get; }

    public WebApplication App { get; }

    public ManualTime Time { get; }

    public Uri Url { get; }

    /// <summary>The administrator's client.</summary>
    public HttpClient Client { get; }

    /// <summary>A client without login.</summary>
    public HttpClient Anonymous { get; }

    public static Task<RunningEngine> StartAsync(Func<DevEngineOptions, TemporaryFolder, DevEngineOptions>? change = null, List<string>? announced = null, bool trust = false) =>
        StartAsync(new TemporaryFolder(), change, announced, trust);

    /// <summary>Stops it, and leaves its folder.</summary>
    public async Task StopAsync()
    {
        Client.Dispose();
        Anonymous.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }

    /// <summary>Another engine with the folder of this one, which was stopped.</summary>
    public Task<RunningEngine> AgainAsync(Func<DevEngineOptions, DevEngineOptions> change) => StartAsync(Folder, (options, _) => change(options), announced: null, trust: false);

    private static async Task<RunningEngine> StartAsync(
        TemporaryFolder folder, Func<DevEngineOptions, TemporaryFolder, DevEngineOptions>? change, List<string>? announced, bool trust)
    {
        var options = new DevEngineOptions
        {
            Urls = "http://127.0.0.1:0",
            Database = folder.PathOf("engine.db"),
            Password = Password,
            ReaderPassword = ReaderPassword,
        };
        var time = new ManualTime();
        var app = DevEngineApp.Create(change?.Invoke(options, folder) ?? options, time, text => announced?.Add(text), Quietly);
        await app.StartAsync();
        return new RunningEngine(folder, app, time, Handler(trust ? app.Services.GetRequiredService<CertificateAuthority>().Pem : null));
    }

    public static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    public async Task<XElement> GetXmlAsync(string path)
    {
        using var answer = await Client.GetAsync(Api(path));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), text);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/xml"));
        return XElement.Parse(text);
    }

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Api(path));
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>What a service beside the API answers.</summary>
    public async Task<JsonElement> GetServiceAsync(string path)
    {
        using var answer = await Client.GetAsync(new Uri($"/ovirt-engine/services/host-devices/{path}", UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Sends XML and reads XML.</summary>
    public async Task<(int Status, XElement Body, HttpResponseMessage Answer)> SendAsync(HttpMethod method, string path, string? xml = null)
    {
        using var request = new HttpRequestMessage(method, Api(path));
        request.Content = xml is null ? null : new StringContent(xml, Encoding.UTF8, "application/xml");
        var answer = await Client.SendAsync(request);
        return ((int)answer.StatusCode, XElement.Parse(await answer.Content.ReadAsStringAsync()), answer);
    }

    public Task<(int Status, XElement Body, HttpResponseMessage Answer)> AttachAsync(string vm, string device) =>
        SendAsync(HttpMethod.Post, $"vms/{IdOf(vm)}/hostdevices", $"<host_device><name>{device}</name></host_device>");

    /// <summary>The id of a VM of the seed.</summary>
    public static string IdOf(string vm) => "5eed0003-0000-4000-8000-" + vm switch
    {
        "vm1" => "000000000001",
        "vm2" => "000000000002",
        "vm-no-numa" => "000000000003",
        "vm-unpinned" => "000000000004",
        "vm-two-hosts" => "000000000005",
        "vm-locked" => "000000000006",
        "vm-host2" => "000000000007",
        "vm-power" => "000000000008",
        "vm-here" => "000000000100",
        _ => throw new ArgumentException($"The seed has no {vm}", nameof(vm)),
    };

    public static string HostId(int number) => $"5eed0002-0000-4000-8000-{number:d12}";

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Folder.Dispose();
    }

    /// <summary>Without a line for each request.</summary>
    private static void Quietly(IServiceCollection services) =>
        services.Configure<LoggerFilterOptions>(filters => filters.Rules.Add(new LoggerFilterRule(null, RequestLog.Category, LogLevel.Warning, null)));

    /// <summary>Without cookies; trusts the engine's own authority where it is given, and nothing else.</summary>
    private static SocketsHttpHandler Handler(string? authority)
    {
        var handler = new SocketsHttpHandler { UseCookies = false };
        if (authority is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(authority));
        }

        return handler;
    }

    private static Uri Api(string path) => new($"/ovirt-engine/api/{path}".TrimEnd('/'), UriKind.Relative);
}
