using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Engine.Tests.Rest;

namespace Nvdimm.Extensions.Engine.Tests.Contract;

/// <summary>The engine in memory.</summary>
public sealed class InMemoryEngineTests : EngineContract
{
    protected override Task<(IOvirtEngine Engine, string Vm)> OpenAsync() => Task.FromResult(((IOvirtEngine)EngineSamples.Engine(), "vm1"));
}

/// <summary>The client over a real socket, with pages of one.</summary>
public sealed class SocketEngineTests : EngineContract
{
    private readonly HttpClient http = new(EngineTrust.System.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    private StubServer server = null!;

    [OneTimeTearDown]
    public void Free() => http.Dispose();

    protected override async Task<(IOvirtEngine Engine, string Vm)> OpenAsync()
    {
        server = await StubServer.StartAsync(new StubApi(EngineSamples.Engine()));
        return (new OvirtClient(http, server.Options(pageSize: 1)), "vm1");
    }

    protected override async Task EndAsync() => await server.DisposeAsync();
}

/// <summary>
/// A live engine: NVDIMM_TEST_ENGINE_URL, NVDIMM_TEST_ENGINE_PASSWORD, NVDIMM_TEST_ENGINE_VM (the name of a VM as the suite needs it), and where
/// they are not the defaults NVDIMM_TEST_ENGINE_USER (admin@internal) and NVDIMM_TEST_ENGINE_CA (a PEM file).
/// </summary>
public sealed class LiveEngineTests : EngineContract
{
    private readonly List<HttpClient> clients = [];

    [OneTimeSetUp]
    public void NeedsAnEngine()
    {
        if (Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_URL") is null)
        {
            Assert.Ignore("NVDIMM_TEST_ENGINE_URL names no live engine");
        }
    }

    protected override Task<(IOvirtEngine Engine, string Vm)> OpenAsync()
    {
        var url = Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_URL");
        var trust = Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_CA") is { } ca ? EngineTrust.FromFile(ca) : EngineTrust.System;
        var http = new HttpClient(trust.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        clients.Add(http);
        var client = new OvirtClient(http, new OvirtClientOptions
        {
            Url = new Uri(url!),
            Username = Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_USER") ?? "admin@internal",
            Password = Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_PASSWORD")!,
        });
        return Task.FromResult(((IOvirtEngine)client, Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_VM")!));
    }

    protected override Task EndAsync()
    {
        clients.ForEach(http => http.Dispose());
        clients.Clear();
        return Task.CompletedTask;
    }
}
