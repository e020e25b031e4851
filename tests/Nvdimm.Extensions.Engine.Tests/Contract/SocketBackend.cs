using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Engine.Tests.Rest;

namespace Nvdimm.Extensions.Engine.Tests.Contract;

/// <summary>The client over a real socket, with pages of one.</summary>
internal sealed class SocketBackend : EngineBackend
{
    private HttpClient http = null!;
    private StubServer server = null!;

    public override async Task<(IOvirtEngine Engine, string Vm)> OpenAsync()
    {
        server = await StubServer.StartAsync(new StubApi(EngineSamples.Engine()));
        http = new HttpClient(EngineTrust.System.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        return (new OvirtClient(http, server.Options(pageSize: 1)), "vm1");
    }

    public override async Task EndAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }
}
