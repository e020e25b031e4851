using System.Runtime.InteropServices;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Nvdimm.DevEngine.Auth;
using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Machines;
using Nvdimm.DevEngine.Nvdimms;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Resources;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Tls;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Page;

namespace Nvdimm.DevEngine;

/// <summary>Composes the engine.</summary>
internal static class DevEngineApp
{
    /// <summary>Creates an engine that has not started yet.</summary>
    /// <param name="options">The engine's options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="announce">Takes the place of the administrator's password, or the password itself at the first start.</param>
    /// <param name="configure">Adds or replaces services; for tests.</param>
    public static WebApplication Create(
        DevEngineOptions options, TimeProvider time, Action<string> announce, Action<IServiceCollection>? configure = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(options.Database)!);
        if (options.Layouts is null && !File.Exists(options.Database))
        {
            // A new engine gets a new layout folder. A folder that is missing beside an old database was lost, and is not created again.
            StateFolder.Make(options.LayoutFolder, MachineId.Of());
        }

        var urls = options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var builder = WebApplication.CreateSlimBuilder();
        var isTls = urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        var names = Names(urls);
        builder.WebHost.UseUrls(urls);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ApiBody.MaximumBytes;

            // libgovirt announces bodies that it does not send; HTTP/2 cannot tolerate that, and an oVirt Engine does not speak HTTP/2
            // either.
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            if (isTls)
            {
                kestrel.ConfigureHttpsDefaults(
                    https => https.ServerCertificate = kestrel.ApplicationServices.GetRequiredService<CertificateAuthority>()
                    .Server(names, time));
            }
        });
        builder.Logging.AddRequestLog();
        AddServices(builder.Services, options, time, announce);
        if (isTls)
        {
            builder.Services.AddSingleton(_ => CertificateAuthority.Open(options.AuthorityFile, time));
        }

        builder.Services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = [.. names]);
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<Passwords>();
        app.UseRequestLog();
        app.UseHostFiltering();
        app.UseSameSiteOnly();
        app.UseApiMiddleware();
        app.UseStatusCodePages(MissingFaults.AnswerAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapSingleSignOn();
        app.MapPkiResource(app.Services.GetService<CertificateAuthority>());
        app.MapGet($"{ApiPaths.Engine}/services/health", () => "DB Up!Welcome to Health Status!").AllowAnonymous();
        app.MapApi();
        app.MapPageServices(new AboutAnswer("development", IsDevelopment: true));
        app.MapPage("'self'");
        return app;
    }

    private static void AddServices(IServiceCollection services, DevEngineOptions options, TimeProvider time, Action<string> announce)
    {
        services.AddRouting();
        services.AddHostFiltering(_ => { });
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddSingleton(_ => new EngineDatabase(options.Database));
        services.AddSingleton(provider => Prepare(options, provider.GetRequiredService<EngineDatabase>(), time, announce));
        services.AddSingleton<Sessions>();
        services.AddHttpContextAccessor();
        services.AddSingleton<Journal>();

        // The only place that knows NVDIMMs: the category, the inventory of the hosts, and the layout guard of devices that run here.
        services.AddSingleton<INvdimmInventory, DevelopmentInventory>();
        services.AddSingleton<MemoryRegions>();
        services.AddNvdimmHostDevices();
        services.AddSingleton<IStartGuard, NvdimmStartGuard>();
        services.AddSingleton<LedgerRecords>();
        services.AddSingleton<IPageEngine, DevelopmentPage>();

        services.AddSingleton<HostDeviceOperations>();
        services.AddSingleton<VmEditor>();
        services.AddSingleton<VmCreation>();
        services.AddSingleton<TemplateOperations>();
        services.AddSingleton<ImportOperations>();
        services.AddSingleton<SnapshotOperations>();
        services.AddSingleton<CloneOperations>();
        services.AddSingleton<Virsh>();
        services.AddSingleton<DomainStarter>();
        services.AddSingleton<VmGate>();
        services.AddSingleton<VmStatuses>();
        services.AddSingleton<VmOperations>();
        services.AddSingleton<EndedVms>();
        services.AddSingleton<EntityReader>();
        services.AddSingleton<Follow>();
        services.AddHostedService<DomainWatch>();
        services.AddAccess();
    }

    /// <summary>Fills a new database, and reads the users.</summary>
    private static Passwords Prepare(DevEngineOptions options, EngineDatabase database, TimeProvider time, Action<string> announce) =>
        database.Write(session =>
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (session.Clusters(Slice.All).Count == 0)
        {
            Seed.Fill(session, now);
        }

        if (options.HasMachine)
        {
            Seed.AddMachine(session, RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "x86_64" : "ppc64", now);
        }

        return KnownUsers.Read(session, options, time, announce);
    });

    /// <summary>The host names that requests may use. A page elsewhere cannot make a browser use another name (DNS rebinding).</summary>
    private static List<string> Names(IEnumerable<string> urls) =>
    [
        "localhost", "127.0.0.1", "[::1]",
        .. urls.Select(url =>
            Uri.TryCreate(url.Replace("*", "localhost", StringComparison.Ordinal).Replace(
                "+", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri) ? uri.Host : "localhost"),
        Environment.MachineName,
    ];
}
