using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nvdimm.Extensions.DependencyInjection;
using Nvdimm.Extensions.DependencyInjection.Inventories;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Ndctl;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the NVDIMM category and oVirt engines.</summary>
public static class NvdimmServiceCollectionExtensions
{
    /// <summary>
    /// Registers the category <c>nvdimm</c> in the registry <see cref="HostDeviceCategories"/>. For programs that have an
    /// <see cref="IOvirtEngine"/>, it registers the <see cref="IHostDeviceManager"/> of that category, and
    /// <see cref="HostDeviceManagers"/>, which has one for each registered <see cref="IHostDeviceCategory"/>: without a key, and with the
    /// key of each named engine. An <see cref="INvdimmInventory"/> or <see cref="IAttachmentRecords"/> that the program registered before
    /// is used. A second call adds its options and registers nothing twice.
    /// </summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <example>
    /// <code>
    /// var services = new ServiceCollection();
    /// services.AddNvdimmHostDevices(options => options.Inventory = InventorySource.Ssh);
    /// await using var provider = services.BuildServiceProvider();
    /// var category = provider.GetRequiredService&lt;HostDeviceCategories>().Find("nvdimm")!;
    /// </code>
    /// </example>
    public static IServiceCollection AddNvdimmHostDevices(this IServiceCollection services, Action<NvdimmHostDevicesOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<NvdimmHostDevicesOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NvdimmHostDevicesOptions>, NvdimmHostDevicesOptionsCheck>());
        services.TryAddSingleton(Inventory);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostDeviceCategory, NvdimmCategory>(Category));
        services.TryAddSingleton<HostDeviceCategories>();
        services.TryAddSingleton(static provider => Managers(provider, key: null));
        services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, engine) => Managers(provider, engine));
        services.TryAddSingleton(static provider => OfNvdimms(provider.GetRequiredService<HostDeviceManagers>()));
        services.TryAddKeyedSingleton(
            KeyedService.AnyKey, static (provider, engine) => OfNvdimms(provider.GetRequiredKeyedService<HostDeviceManagers>(engine)));
        return services;
    }

    /// <summary>
    /// As <see cref="AddNvdimmHostDevices(IServiceCollection, Action{NvdimmHostDevicesOptions})"/>, without changing the options.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddNvdimmHostDevices(this IServiceCollection services) =>
        services.AddNvdimmHostDevices(static _ => { });

    /// <summary>
    /// As <see cref="AddNvdimmHostDevices(IServiceCollection, Action{NvdimmHostDevicesOptions})"/>, with the options from a configuration
    /// section.
    /// </summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddNvdimmHostDevices(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<NvdimmHostDevicesOptions>().Bind(configuration);
        return services.AddNvdimmHostDevices();
    }

    /// <summary>Registers <see cref="IOvirtEngine"/> as a client of an engine's REST API. It logs out when the program ends.</summary>
    /// <returns>
    /// The builder of the engine's HTTP client, to which you can add handlers. The client already repeats requests that are safe to repeat;
    /// a handler must not repeat a POST or a DELETE.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">An engine without a name is already registered; a second one needs a name.</exception>
    /// <example>
    /// <code>
    /// var services = new ServiceCollection();
    /// services.AddOvirtEngine(options =>
    /// {
    ///     options.Url = new Uri("https://engine.example.org/ovirt-engine");
    ///     options.PasswordFile = "/run/secrets/engine";
    /// });
    /// </code>
    /// </example>
    public static IHttpClientBuilder AddOvirtEngine(this IServiceCollection services, Action<OvirtEngineOptions> configure) =>
        services.AddOvirtEngine(Options.Options.DefaultName, configure);

    /// <summary>
    /// As <see cref="AddOvirtEngine(IServiceCollection, Action{OvirtEngineOptions})"/>, with the options from a configuration section.
    /// </summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">An engine without a name is already registered; a second one needs a name.</exception>
    public static IHttpClientBuilder AddOvirtEngine(this IServiceCollection services, IConfiguration configuration) =>
        services.AddOvirtEngine(Options.Options.DefaultName, configuration);

    /// <summary>
    /// Registers an engine under a name. The name is the key of its <see cref="IOvirtEngine"/>, <see cref="IHostDeviceManager"/> and
    /// <see cref="HostDeviceManagers"/>, which use the <see cref="IAttachmentRecords"/> with that key.
    /// </summary>
    /// <returns>As <see cref="AddOvirtEngine(IServiceCollection, Action{OvirtEngineOptions})"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">An engine with this name is already registered.</exception>
    /// <example>
    /// <code>
    /// var services = new ServiceCollection();
    /// services.AddNvdimmHostDevices();
    /// services.AddOvirtEngine("east", options =>
    /// {
    ///     options.Url = new Uri("https://east.example.org/ovirt-engine");
    ///     options.Password = "secret";
    /// });
    /// services.AddOvirtEngine("west", options =>
    /// {
    ///     options.Url = new Uri("https://west.example.org/ovirt-engine");
    ///     options.Password = "secret";
    /// });
    /// await using var provider = services.BuildServiceProvider();
    /// var east = provider.GetRequiredKeyedService&lt;IHostDeviceManager>("east");
    /// </code>
    /// </example>
    public static IHttpClientBuilder AddOvirtEngine(this IServiceCollection services, string name, Action<OvirtEngineOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<OvirtEngineOptions>(name).Configure(configure).ValidateOnStart();
        return Client(services, name);
    }

    /// <summary>
    /// As <see cref="AddOvirtEngine(IServiceCollection, string, Action{OvirtEngineOptions})"/>, with the options from a configuration
    /// section.
    /// </summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">An engine with this name is already registered.</exception>
    public static IHttpClientBuilder AddOvirtEngine(this IServiceCollection services, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<OvirtEngineOptions>(name).Bind(configuration).ValidateOnStart();
        return Client(services, name);
    }

    private static IHttpClientBuilder Client(IServiceCollection services, string name)
    {
        var isNamed = name != Options.Options.DefaultName;
        var client = isNamed ? $"ovirt-engine {name}" : "ovirt-engine";
        if (services.Any(service => service.ImplementationInstance is RegisteredEngine engine && engine.Name == name))
        {
            throw new InvalidOperationException(isNamed
                ? $"There is an engine '{name}' already. Configure<OvirtEngineOptions>(\"{name}\", …) changes its options."
                : "There is an engine already. Give a second one a name: AddOvirtEngine(\"NAME\", …); "
                    + "Configure<OvirtEngineOptions>(…) changes the options of the first.");
        }

        services.AddSingleton(new RegisteredEngine(name));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OvirtEngineOptions>, OvirtEngineOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddTransient<RequestLog>();
        if (isNamed)
        {
            services.TryAddKeyedSingleton<IOvirtEngine>(name, (provider, _) => Engine(provider, name, client));
        }
        else
        {
            services.TryAddSingleton<IOvirtEngine>(provider => Engine(provider, name, client));
        }

        return services.AddHttpClient(client, static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => new TrustedHandler(OptionsOf(provider, name)))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .AddHttpMessageHandler<RequestLog>();
    }

    private static OvirtClient Engine(IServiceProvider provider, string name, string client) => new(
        provider.GetRequiredService<IHttpClientFactory>().CreateClient(client),
        OvirtEngineOptionsCheck.ToClient(OptionsOf(provider, name)),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetService<IMeterFactory>());

    private static OvirtEngineOptions OptionsOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<OvirtEngineOptions>>().Get(name);

    private static INvdimmInventory Inventory(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<NvdimmHostDevicesOptions>>().Value;
        return options.Inventory switch
        {
            InventorySource.Local =>
                new LocalInventory(provider.GetService<INdctlRunner>() ?? new NdctlRunner(useReader: new SysfsDeviceUseReader())),
            InventorySource.Folder => new FolderInventory(options.InventoryFolder!),
            _ => new SshInventory(options.Ssh),
        };
    }

    private static NvdimmCategory Category(IServiceProvider provider) => new(
        provider.GetRequiredService<INvdimmInventory>(),
        new NvdimmCategoryOptions { Strategy = provider.GetRequiredService<IOptions<NvdimmHostDevicesOptions>>().Value.Strategy },
        provider.GetService<ILogger<NvdimmCategory>>());

    private static IHostDeviceManager OfNvdimms(HostDeviceManagers managers) =>
        managers.Find(NvdimmCategory.CapabilityName)
            ?? throw new InvalidOperationException(
                $"The registered HostDeviceManagers have none of the category '{NvdimmCategory.CapabilityName}'.");

    private static HostDeviceManagers Managers(IServiceProvider provider, object? key)
    {
        var options = provider.GetRequiredService<IOptions<NvdimmHostDevicesOptions>>().Value;
        var engine = (key is null ? provider.GetService<IOvirtEngine>() : provider.GetKeyedService<IOvirtEngine>(key))
            ?? throw new InvalidOperationException(key is null
                ? "IHostDeviceManager needs an IOvirtEngine: call AddOvirtEngine(…), or register one of your own."
                : $"IHostDeviceManager needs the IOvirtEngine '{key}': "
                    + $"call AddOvirtEngine(\"{key}\", …), or register one of your own with this key.");
        var records = Records(provider, key, options.RecordFile);
        return new HostDeviceManagers(provider.GetRequiredService<HostDeviceCategories>().All.Select(category => new HostDeviceManager(
            engine,
            category,
            records,
            new HostDeviceManagerOptions { Concurrency = options.Concurrency },
            provider.GetService<ILogger<HostDeviceManager>>(),
            provider.GetService<IMeterFactory>())));
    }

    /// <summary>
    /// The attachment records of one engine. Engines must not share them: each would report the VMs of the other as deleted.
    /// </summary>
    private static IAttachmentRecords? Records(IServiceProvider provider, object? engine, string? file) => engine is null
        ? provider.GetService<IAttachmentRecords>() ?? (file is null ? null : new FileAttachmentRecords(file))
        : provider.GetKeyedService<IAttachmentRecords>(engine) ?? (file is null
            ? null
            : throw new InvalidOperationException(
                $"NvdimmHostDevicesOptions.RecordFile: '{file}' is for the engine without a name. "
                + $"Register an IAttachmentRecords with the key '{engine}' for this one."));

    /// <summary>Marks that an engine with this name is registered.</summary>
    private sealed record RegisteredEngine(string Name);
}
