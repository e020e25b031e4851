using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Nvdimm.Cli;
using Nvdimm.Extensions.DependencyInjection.Inventories;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Ndctl.Ssh;
using Nvdimm.Page;

namespace Nvdimm.EngineService;

/// <summary>Composes the service.</summary>
internal static class ServiceApp
{
    /// <summary>The largest body of a request in bytes: the names of a few hundred devices, or the fields of a VM.</summary>
    private const int LargestBody = 64 << 10;

    /// <summary>The largest number of connections at a time.</summary>
    private const int MostConnections = 256;

    /// <summary>Creates a service that has not started yet.</summary>
    /// <param name="options">The options of the service.</param>
    /// <param name="configure">Adds or replaces services; for tests.</param>
    /// <exception cref="ServiceOptionException">A file that an option names cannot be used.</exception>
    public static WebApplication Create(ServiceOptions options, Action<IServiceCollection>? configure = null)
    {
        var trust = options.CaFile is { } file ? Read(file, EngineTrust.FromFile) : EngineTrust.System;
        var inventory = InventoryOf(options);
        var certificate = options is { Certificate: { } chain, Key: { } key }
            ? CertificateOf(chain, key)
            : ((X509Certificate2 Own, X509Certificate2Collection Between)?)null;

        // No setting is read from the folder or the environment in which the service starts.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Listen(options.Listen, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is var (own, between))
                {
                    listen.UseHttps(https => (https.ServerCertificate, https.ServerCertificateChain) = (own, between));
                }
            });
        });

        // Each change is logged. What the rules say of a device that somebody looks at is on the page.
        builder.Logging.AddRequestLog()
            .AddFilter(typeof(HostDeviceManager).FullName, LogLevel.Information)
            .AddFilter(typeof(NvdimmCategory).FullName, LogLevel.Error);
        AddServices(builder.Services, options, trust, inventory);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Failures.LongestRequest + TimeSpan.FromMinutes(1));
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseRequestLog();
        app.UseFailures();
        app.UseRouting();
        app.MapPageServices(new AboutAnswer($"{options.Url}", IsDevelopment: false));
        app.MapForwarded(app.Services.GetRequiredService<EngineForwarder>());
        app.MapPage($"'self' {options.Url.GetLeftPart(UriPartial.Authority)}");
        return app;
    }

    private static void AddServices(IServiceCollection services, ServiceOptions options, EngineTrust trust, INvdimmInventory inventory)
    {
        services.AddRoutingCore();
        services.AddHttpContextAccessor();
        services.AddSingleton(options);
        services.AddSingleton(_ =>
        {
            // A proxy of the environment would get the tokens: the engine is asked directly.
            var handler = trust.CreateHandler();
            handler.UseProxy = false;
            return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        });
        services.AddSingleton<INvdimmInventory>(_ => new BoundedInventory(inventory));
        services.AddSingleton(provider => new NvdimmCategory(
            provider.GetRequiredService<INvdimmInventory>(), options: null, provider.GetRequiredService<ILogger<NvdimmCategory>>()));
        services.AddSingleton(provider => new HostDeviceCategories([provider.GetRequiredService<NvdimmCategory>()]));
        if (options.Record is { } record)
        {
            services.AddSingleton<IAttachmentRecords>(_ => new FileAttachmentRecords(record));
        }

        services.AddSingleton<EngineForwarder>();
        services.AddScoped<IPageEngine>(provider => new UserEngine(
            provider, UserToken.Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext!.Request)));
    }

    private static INvdimmInventory InventoryOf(ServiceOptions options) => options.Inventory switch
    {
        "ssh" => new SshInventory(Read("--ssh-user", _ => new SshNdctlOptions { User = options.SshUser })),
        var folder when Directory.Exists(folder) => new FolderInventory(folder),
        var other => throw new ServiceOptionException(ExitStatus.BadInput, $"--inventory {other}: neither ssh nor a folder"),
    };

    private static (X509Certificate2 Own, X509Certificate2Collection Between) CertificateOf(string chain, string key) => Read(chain, path =>
    {
        var certificate = X509Certificate2.CreateFromPemFile(path, key);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(path);
        return (certificate, new X509Certificate2Collection(all.Skip(1).ToArray()));
    });

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new ServiceOptionException(ExitStatus.BadInput, $"{path}: {bad.Message}");
        }
    }
}
