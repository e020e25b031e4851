using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Nvdimm.Extensions.DependencyInjection.Inventories;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Host.Sysfs;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Registers the NVDIMM category and an engine. Calling a method again adds its options and nothing twice.</summary>
public static class NvdimmServices
{
    private const string EngineName = "ovirt-engine";

    /// <summary>
    /// Registers the category <c>nvdimm</c> in the registry <see cref="HostDeviceCategories"/>, and <see cref="HostDeviceManager"/> for apps that
    /// have an <see cref="IOvirtEngine"/>. What the app registered before stays: <see cref="INvdimmInventory"/>, <see cref="IAttachmentRecords"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddNvdimmHostDevices(this IServiceCollection services, Action<NvdimmHostDevicesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<NvdimmHostDevicesOptions>().Configure(configure ?? (static _ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NvdimmHostDevicesOptions>, NvdimmHostDevicesOptionsCheck>());
        services.TryAddSingleton(Inventory);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostDeviceCategory, NvdimmCategory>(Category));
        services.TryAddSingleton<HostDeviceCategories>();
        services.TryAddSingleton(Manager);
        return services;
    }

    /// <summary>
    /// Registers <see cref="IOvirtEngine"/> as a client of an engine's REST API, which logs out when the app ends, and the health check
    /// <c>ovirt-engine</c>.
    /// </summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddOvirtEngine(this IServiceCollection services, Action<OvirtEngineOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<OvirtEngineOptions>().Configure(configure).ValidateOnStart();
        if (services.Any(service => service.ServiceType == typeof(IOvirtEngine)))
        {
            return services;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OvirtEngineOptions>, OvirtEngineOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddTransient<RequestLog>();
        services.AddHttpClient(EngineName, static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static provider => new TrustedHandler(provider.GetRequiredService<IOptions<OvirtEngineOptions>>().Value))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .AddHttpMessageHandler<RequestLog>();
        services.TryAddSingleton<IOvirtEngine>(static provider => new OvirtClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(EngineName),
            OvirtEngineOptionsCheck.ToClient(provider.GetRequiredService<IOptions<OvirtEngineOptions>>().Value),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHealthChecks().AddCheck<OvirtEngineHealthCheck>(EngineName);
        return services;
    }

    private static INvdimmInventory Inventory(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<NvdimmHostDevicesOptions>>().Value;
        return options.Inventory switch
        {
            InventorySource.Local => new LocalInventory(provider.GetService<INdctlRunner>() ?? new NdctlRunner(useReader: new SysfsDeviceUseReader())),
            InventorySource.Folder => new FolderInventory(options.InventoryFolder!),
            _ => new SshInventory(options.Ssh),
        };
    }

    private static NvdimmCategory Category(IServiceProvider provider) => new(
        provider.GetRequiredService<INvdimmInventory>(),
        new NvdimmCategoryOptions { Strategy = provider.GetRequiredService<IOptions<NvdimmHostDevicesOptions>>().Value.Strategy });

    private static HostDeviceManager Manager(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<NvdimmHostDevicesOptions>>().Value;
        var records = provider.GetService<IAttachmentRecords>() ?? (options.RecordFile is { } file ? new FileAttachmentRecords(file) : null);
        return new HostDeviceManager(
            provider.GetRequiredService<IOvirtEngine>(),
            provider.GetRequiredService<HostDeviceCategories>().Find(NvdimmCategory.CapabilityName)!,
            records,
            new HostDeviceManagerOptions { Concurrency = options.Concurrency });
    }
}
