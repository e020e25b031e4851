using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NSubstitute;
using Nvdimm.Extensions.DependencyInjection.Inventories;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.DependencyInjection.Tests;

public sealed class NvdimmServicesTests
{
    private const string Domain = """
        <domain type='kvm'><name>vm1</name><memory unit='KiB'>1048576</memory><os><type arch='x86_64'>hvm</type></os>
        <features><acpi/></features><cpu><numa><cell id='0' cpus='0' memory='1048576'/></numa></cpu><devices/></domain>
        """;

    private static readonly HostReference Host = new("h1", "host1");

    private static readonly (string Fault, Action<OvirtEngineOptions> Configure)[] BadEngines =
    [
        ("OvirtEngineOptions.Url: the engine's address is needed", options => options.Password = "secret"),
        ("OvirtEngineOptions.Password: there is none", options => options.Url = new Uri("https://engine/ovirt-engine")),
        ("OvirtEngineOptions.Url: 'ftp://engine/': Not an address", options => (options.Url, options.Password) = (new Uri("ftp://engine/"), "secret")),
        ("OvirtEngineOptions.PasswordFile: '/etc/hostname': Password is set, too", options => (options.Url, options.Password, options.PasswordFile) = (new Uri("https://engine/"), "secret", "/etc/hostname")),
        ("OvirtEngineOptions.CaFile: '/nonexistent': Could not find file", options => (options.Url, options.Password, options.CaFile) = (new Uri("https://engine/"), "secret", "/nonexistent")),
        ("OvirtEngineOptions.CaFile: '/etc/hostname': The text has no certificate", options => (options.Url, options.Password, options.CaFile) = (new Uri("https://engine/"), "secret", "/etc/hostname")),
        ("OvirtEngineOptions.CaFingerprint: '00': a SHA-256", options => (options.Url, options.Password, options.CaFingerprint) = (new Uri("https://engine/"), "secret", "00")),
        ("OvirtEngineOptions.PasswordFile: '/nonexistent': Could not find file", options => (options.Url, options.PasswordFile) = (new Uri("https://engine/"), "/nonexistent")),
        ("OvirtEngineOptions.PasswordFile: '/dev/null': the first line has no password", options => (options.Url, options.PasswordFile) = (new Uri("https://engine/"), "/dev/null")),
        ("OvirtEngineOptions.CaFingerprint: '00': CaFile is set, too", options => (options.Url, options.Password, options.CaFile, options.CaFingerprint) = (new Uri("https://engine/"), "secret", "/etc/hostname", "00")),
        ("OvirtEngineOptions.MaxRetries: '11': Not from 0 to 10", options => (options.Url, options.Password, options.MaxRetries) = (new Uri("https://engine/"), "secret", 11)),
        ("OvirtEngineOptions.Url: 'http://engine/': http sends the password unencrypted", options => (options.Url, options.Password) = (new Uri("http://engine/"), "secret")),
        ("OvirtEngineOptions.Username: '': ", options => (options.Url, options.Password, options.Username) = (new Uri("https://engine/"), "secret", "")),
    ];

    private static readonly (string Fault, Action<NvdimmHostDevicesOptions> Configure)[] BadCategories =
    [
        ("NvdimmHostDevicesOptions.InventoryFolder: the inventory is Folder", options => options.Inventory = InventorySource.Folder),
        ("NvdimmHostDevicesOptions.InventoryFolder: '/nonexistent': no such folder", options => (options.Inventory, options.InventoryFolder) = (InventorySource.Folder, "/nonexistent")),
        ("NvdimmHostDevicesOptions.Inventory: '7': InventorySource has Ssh, Local, Folder", options => options.Inventory = (InventorySource)7),
        ("NvdimmHostDevicesOptions.Concurrency: '0': not from 1 to 1000", options => options.Concurrency = 0),
        ("NvdimmHostDevicesOptions.Ssh: it is null", options => options.Ssh = null!),
        ("NvdimmHostDevicesOptions.Strategy: '9': SizingStrategy has Ovirt", options => options.Strategy = (Sizing.SizingStrategy)9),
        ("NvdimmHostDevicesOptions.RecordFile: '/nonexistent/x.json': no file can be in it", options => options.RecordFile = "/nonexistent/x.json"),
        ("NvdimmHostDevicesOptions.InventoryFolder: '/tmp': the inventory is Ssh", options => options.InventoryFolder = "/tmp"),
    ];

    [Test]
    public void Readme_ShowsWhatIsCompiled() => ShownExamples.AssertShown("Nvdimm.Extensions.DependencyInjection.Tests", "ReadmeExample.cs");

    [Test]
    public async Task Readme_ExampleWorks()
    {
        var services = new ServiceCollection().AddSingleton<INvdimmInventory>(Inventory());
        services.AddNvdimmHostDevices(options => options.Inventory = InventorySource.Ssh);
        await using var provider = services.BuildServiceProvider();
        var vm = new ManagedVm { Id = "v1", Name = "vm1", PinnedHosts = [Host], NumaNodes = [new(0, [0])], HostDevices = [new("nvdimm", "namespace0.9")] };
        var result = await ReadmeExample.StartAsync(provider, Host, vm, [], Domain);
        Assert.That(DomainNvdimms.Read(result.Xml!).Elements.Single().Path, Is.EqualTo("/dev/pmem0.9"));

        var refused = await ReadmeExample.StartAsync(provider, Host, vm, [vm with { Id = "v2", Name = "vm2" }], Domain);
        Assert.That(refused.Findings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.UsedByOtherVm));
    }

    [Test]
    public async Task Registration_Twice_RegistersOnce()
    {
        var services = new ServiceCollection();
        AddAll(services).AddNvdimmHostDevices();
        var count = services.Count(service => service.ServiceType == typeof(IHostDeviceCategory) || service.ServiceType == typeof(IOvirtEngine) || service.ServiceType == typeof(INvdimmInventory));
        Assert.That(count, Is.EqualTo(3));
        await using var provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<HostDeviceCategories>().All.Single().Capability, Is.EqualTo("nvdimm"));
        Assert.That(provider.GetRequiredService<IHostDeviceManager>(), Is.SameAs(provider.GetRequiredService<HostDeviceManagers>().All.Single()));
    }

    [Test]
    public async Task Category_OfTheProgram_HasAManagerOfItsOwn()
    {
        var gpus = Substitute.For<IHostDeviceCategory>();
        gpus.Capability.Returns("gpu");
        await using var provider = AddAll(new ServiceCollection().AddSingleton(gpus)).BuildServiceProvider();
        Assert.That(provider.GetRequiredService<HostDeviceManagers>().Find("gpu")!.Category, Is.SameAs(gpus));
        Assert.That(provider.GetRequiredService<IHostDeviceManager>().Category.Capability, Is.EqualTo("nvdimm"));
    }

    [Test]
    public void WhatTheAppHasRegistered_Stays()
    {
        var inventory = Inventory();
        var engine = new InMemoryEngine();
        using var provider = AddAll(new ServiceCollection().AddSingleton<INvdimmInventory>(inventory).AddSingleton<IOvirtEngine>(engine)).BuildServiceProvider();
        Assert.That(provider.GetRequiredService<INvdimmInventory>(), Is.SameAs(inventory));
        Assert.That(provider.GetRequiredService<IOvirtEngine>(), Is.SameAs(engine));
    }

    [TestCaseSource(nameof(BadEngines))]
    public void Engine_WithBadOptions_IsRefusedAtTheStart((string Fault, Action<OvirtEngineOptions> Configure) row)
    {
        using var provider = new ServiceCollection().AddOvirtEngine(row.Configure).Services.BuildServiceProvider();
        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.That(refused!.Failures, Has.Some.StartsWith(row.Fault));
        Assert.That(refused.Message, Does.Not.Contain("secret"));
    }

    [TestCase(null)]
    [TestCase("")]
    public async Task Engine_WithPasswordFile_IsMade(string? password)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("password", "secret\n");
        await using var provider = new ServiceCollection().AddOvirtEngine(options =>
        {
            (options.Url, options.Password, options.PasswordFile) = (new Uri("https://engine/"), password, file);
            options.CaFingerprint = string.Join(':', Enumerable.Repeat("aB", 32));
        }).Services.BuildServiceProvider();
        Assert.That(() => provider.GetRequiredService<IStartupValidator>().Validate(), Throws.Nothing);
        Assert.That(provider.GetRequiredService<IOvirtEngine>(), Is.Not.Null);
    }

    [TestCaseSource(nameof(BadCategories))]
    public void Category_WithBadOptions_IsRefusedAtTheStart((string Fault, Action<NvdimmHostDevicesOptions> Configure) row)
    {
        using var provider = new ServiceCollection().AddNvdimmHostDevices(row.Configure).BuildServiceProvider();
        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.That(refused!.Failures, Has.Some.StartsWith(row.Fault));
    }

    [Test]
    public async Task Health_OfAnEngine()
    {
        var engine = new InMemoryEngine();
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IOvirtEngine>(engine).AddHealthChecks().AddOvirtEngine();
        await using var provider = services.BuildServiceProvider();
        var health = provider.GetRequiredService<HealthCheckService>();
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Degraded));
        engine.ReportHost(new OvirtHost("h1", "host1"));
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task Engine_ThatIsNotThere_IsUnhealthyAndNoSecretIsLogged()
    {
        var log = new ListLogger();
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        services.AddOvirtEngine(options => (options.Url, options.Password, options.MaxRetries) = (new Uri($"http://127.0.0.1:{ClosedPort()}/ovirt-engine"), "s3cret-word", 0));
        services.AddHealthChecks().AddOvirtEngine();
        await using var provider = services.BuildServiceProvider();
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.That(report.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(log.Lines, Has.Some.Contains("/ovirt-engine/sso/oauth/token was not answered"));
        Assert.That(string.Join('\n', log.Lines) + report.Entries.Single().Value.Exception, Does.Not.Contain("s3cret-word"));
    }

    [Test]
    public async Task Folder_IsTheInventory()
    {
        using var folder = new TemporaryFolder();
        folder.Write("host1.json", SampleDevices.AllModesJson);
        await using var provider = new ServiceCollection()
            .AddNvdimmHostDevices(options => (options.Inventory, options.InventoryFolder) = (InventorySource.Folder, folder.Path)).BuildServiceProvider();
        var inventory = provider.GetRequiredService<INvdimmInventory>();
        Assert.That((await inventory.ReadAsync(Host)).Devices, Has.Count.EqualTo(19));
        Assert.That(
            () => inventory.ReadAsync(new HostReference("h2", "host2")),
            Throws.TypeOf<NvdimmInventoryException>()
                .With.Property("Reason").EqualTo("there is no file host2.json in the folder of the inventory"));
        Assert.That(() => inventory.ReadAsync(new HostReference("h3", "../host1")), Throws.TypeOf<NvdimmInventoryException>());
    }

    [Test]
    public async Task Local_IsTheInventory()
    {
        await using var provider = new ServiceCollection().AddSingleton<Ndctl.INdctlRunner>(new FakeNdctlRunner())
            .AddNvdimmHostDevices(options => options.Inventory = InventorySource.Local).BuildServiceProvider();
        Assert.That((await provider.GetRequiredService<INvdimmInventory>().ReadAsync(Host)).Devices, Has.Count.EqualTo(19));
    }

    [Test]
    public void Local_NdctlThatFails()
    {
        var failed = new NdctlException("ndctl list", NdctlFailure.Failed, "it failed", exitStatus: 1, standardError: "no rights");
        Assert.That(
            () => new LocalInventory(new FailingRunner(failed)).ReadAsync(Host),
            Throws.TypeOf<NvdimmInventoryException>().With.Property("Reason").EqualTo("it failed").And.InnerException.SameAs(failed));
        Assert.That((failed.Command, failed.Failure), Is.EqualTo(("ndctl list", NdctlFailure.Failed)));
        Assert.That((failed.ExitStatus, failed.StandardError), Is.EqualTo((1, "no rights")));
        Assert.That(() => new NdctlException("ndctl list", (NdctlFailure)99, "?"), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static FakeInventory Inventory()
    {
        var inventory = new FakeInventory();
        inventory.Set("h1", new NvdimmInventory([SampleDevices.Usable()]));
        return inventory;
    }

    private static IServiceCollection AddAll(IServiceCollection services) => services
        .AddNvdimmHostDevices()
        .AddOvirtEngine(options => (options.Url, options.Password) = (new Uri("https://engine.example.org/ovirt-engine"), "secret")).Services;

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A test double: it throws what a user's test needs.</summary>
    private sealed class FailingRunner(NdctlException failure) : INdctlRunner
    {
        public Task<NdctlListing> ListAsync(CancellationToken cancellationToken = default) => throw failure;
    }
}
