using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.DependencyInjection.Tests;

/// <summary>Engines as Microsoft.Extensions has clients: from a configuration, under names, with handlers of the app.</summary>
public sealed class EngineRegistrationTests
{
    private static IConfiguration Configuration => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Engine:Url"] = "https://engine.example.org/ovirt-engine",
        ["Engine:Password"] = "secret",
        ["Engine:MaxRetries"] = "0",
        ["Engine:AttemptTimeout"] = "00:00:07",
        ["Nvdimm:Strategy"] = "Largest",
        ["Nvdimm:Concurrency"] = "3",
        ["Nvdimm:Ssh:User"] = "ops",
        ["Nvdimm:Ssh:Port"] = "2222",
        ["Nvdimm:Ssh:TimeLimit"] = "00:00:07",
    }).Build();

    [Test]
    public void Configuration_IsBound_WithEveryOption()
    {
        var services = new ServiceCollection().AddNvdimmHostDevices(Configuration.GetSection("Nvdimm"));
        services.AddOvirtEngine(Configuration.GetSection("Engine"));
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        var engine = provider.GetRequiredService<IOptions<OvirtEngineOptions>>().Value;
        Assert.That((engine.Url!.Host, engine.MaxRetries, engine.AttemptTimeout), Is.EqualTo(("engine.example.org", 0, TimeSpan.FromSeconds(7))));
        var category = provider.GetRequiredService<IOptions<NvdimmHostDevicesOptions>>().Value;
        Assert.That((category.Strategy, category.Concurrency), Is.EqualTo((Sizing.SizingStrategy.Largest, 3)));
        Assert.That((category.Ssh.User, category.Ssh.Port, category.Ssh.TimeLimit), Is.EqualTo(("ops", 2222, TimeSpan.FromSeconds(7))));
    }

    [Test]
    public async Task NamedEngines_AreApart()
    {
        var sent = new List<string>();
        var services = new ServiceCollection().AddNvdimmHostDevices();
        foreach (var name in (string[])["east", "west"])
        {
            services.AddOvirtEngine(name, options => (options.Url, options.Password, options.MaxRetries) = (new Uri($"https://{name}.example.org/ovirt-engine"), "secret", 0))
                .AddHttpMessageHandler(() => new Answer(sent));
        }

        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        foreach (var name in (string[])["west", "east"])
        {
            Assert.That(provider.GetRequiredKeyedService<IHostDeviceManager>(name), Is.Not.Null);
            await Assert.ThrowsAsync<OvirtException>(() => provider.GetRequiredKeyedService<IOvirtEngine>(name).GetVmAsync("v1"));
        }

        Assert.That(sent, Is.EqualTo(new[] { "west.example.org", "east.example.org" }));
        Assert.That(provider.GetService<IOvirtEngine>(), Is.Null, "none is without a name");
    }

    [Test]
    public void SecondEngine_WithoutAName_IsRefused()
    {
        var services = new ServiceCollection();
        services.AddOvirtEngine(Configuration.GetSection("Engine"));
        Assert.That(() => services.AddOvirtEngine(Configuration.GetSection("Engine")), Throws.InvalidOperationException.With.Message.Contains("AddOvirtEngine(\"NAME\", …)"));
        services.AddOvirtEngine("b", Configuration.GetSection("Engine"));
        Assert.That(() => services.AddOvirtEngine("b", _ => { }), Throws.InvalidOperationException.With.Message.Contains("'b'"));
    }

    [Test]
    public void Options_OfANamedEngine_AreNamedInErrors()
    {
        var services = new ServiceCollection();
        services.AddOvirtEngine("east", options => options.Password = "secret");
        using var provider = services.BuildServiceProvider();
        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.That(refused!.Failures.Single(), Does.StartWith("OvirtEngineOptions[east].Url: "));
    }

    [Test]
    public void Unencrypted_IsAllowedOnlyWhenAskedFor()
    {
        var services = new ServiceCollection();
        services.AddOvirtEngine(options => (options.Url, options.Password, options.AllowUnencrypted) = (new Uri("http://engine.example.org/"), "secret", true));
        using var provider = services.BuildServiceProvider();
        Assert.That(() => provider.GetRequiredService<IStartupValidator>().Validate(), Throws.Nothing);
    }

    [Test]
    public void Manager_WithoutAnEngine_SaysWhatIsMissing()
    {
        using var provider = new ServiceCollection().AddNvdimmHostDevices().BuildServiceProvider();
        Assert.That(() => provider.GetRequiredService<IHostDeviceManager>(), Throws.InvalidOperationException.With.Message.Contains("call AddOvirtEngine(…)"));
        Assert.That(() => provider.GetRequiredKeyedService<IHostDeviceManager>("b"), Throws.InvalidOperationException.With.Message.Contains("AddOvirtEngine(\"b\", …)"));
    }

    [Test]
    public void RecordFile_IsNotSharedByEngines()
    {
        using var provider = new ServiceCollection().AddKeyedSingleton<IOvirtEngine>("b", new InMemoryEngine())
            .AddNvdimmHostDevices(options => options.RecordFile = "/tmp/attachments.json").BuildServiceProvider();
        Assert.That(() => provider.GetRequiredKeyedService<IHostDeviceManager>("b"), Throws.InvalidOperationException.With.Message.Contains("NvdimmHostDevicesOptions.RecordFile"));
    }

    [Test]
    public void HealthCheck_IsThereOnlyWhenAskedFor()
    {
        var services = new ServiceCollection();
        services.AddOvirtEngine(Configuration.GetSection("Engine"));
        Assert.That(services.Any(service => service.ServiceType == typeof(HealthCheckService)), Is.False);
        services.AddHealthChecks().AddOvirtEngine().AddOvirtEngine("east");
        using var provider = services.BuildServiceProvider();
        Assert.That(
            provider.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name),
            Is.EqualTo(new[] { "ovirt-engine", "ovirt-engine east" }));
    }

    [Test]
    public async Task Refusals_OfTheCategory_AreLogged()
    {
        var log = new ListLogger();
        await using var provider = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log))
            .AddSingleton<INvdimmInventory>(new FakeInventory()).AddNvdimmHostDevices().BuildServiceProvider();
        var category = provider.GetRequiredService<HostDeviceCategories>().Find("nvdimm")!;
        await category.ListAsync(new HostReference("h1", "host1"));
        category.Check(new HostDeviceRequest { Operation = HostDeviceOperation.Attach, Vm = new ManagedVm { Id = "v1", Name = "vm1" }, Devices = ["namespace0.0"] });
        Assert.That(log.Lines, Has.Some.Contains("The NVDIMM devices of host1 could not be read"));
        Assert.That(log.Lines, Has.Some.Contains("Attach of the VM v1 is refused: ").And.Some.Contains(EngineCodes.VmNotPinnedToHost));
    }

    /// <summary>A handler of the app.</summary>
    private sealed class Answer(List<string> sent) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            sent.Add(request.RequestUri!.Host);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden));
        }
    }
}
