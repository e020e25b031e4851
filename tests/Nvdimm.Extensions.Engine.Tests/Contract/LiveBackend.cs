using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Extensions.Engine.Tests.Contract;

/// <summary>
/// A live engine: NVDIMM_TEST_ENGINE_URL, NVDIMM_TEST_ENGINE_PASSWORD, NVDIMM_TEST_ENGINE_VM (the name of a VM as the suite needs it), and where
/// they are not the defaults NVDIMM_TEST_ENGINE_USER (admin@internal) and NVDIMM_TEST_ENGINE_CA (a PEM file). NVDIMM_TEST_ENGINE_VM_WITHOUT_NODES
/// and NVDIMM_TEST_ENGINE_VM_WITHOUT_ANY_NODE name the other VMs, where there are such.
/// </summary>
internal sealed class LiveBackend : EngineBackend
{
    private readonly List<HttpClient> clients = [];

    public static string? Url => Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_URL");

    public override string? WithoutNodes => Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_VM_WITHOUT_NODES");

    public override string? WithoutAnyNode => Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_VM_WITHOUT_ANY_NODE");

    public override Task<(IOvirtEngine Engine, string Vm)> OpenAsync()
    {
        var trust = Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_CA") is { } ca ? EngineTrust.FromFile(ca) : EngineTrust.System;
        var http = new HttpClient(trust.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        clients.Add(http);
        var client = new OvirtClient(http, new OvirtClientOptions
        {
            Url = new Uri(Url!),
            Username = Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_USER") ?? "admin@internal",
            Password = Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_PASSWORD")!,
        });
        return Task.FromResult(((IOvirtEngine)client, Environment.GetEnvironmentVariable("NVDIMM_TEST_ENGINE_VM")!));
    }

    public override Task EndAsync()
    {
        clients.ForEach(http => http.Dispose());
        clients.Clear();
        return Task.CompletedTask;
    }
}
