using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Engine.Tests.Rest;

namespace Nvdimm.Extensions.Engine.Tests.Contract;

/// <summary>The client over a real socket, with pages of one.</summary>
internal sealed class SocketBackend : EngineBackend
{
    private readonly List<HttpClient> clients = [];
    private StubServer server = null!;

    public override async Task<(IOvirtEngine Engine, string Vm)> OpenAsync()
    {
        server = await StubServer.StartAsync(new StubApi(MemoryBackend.Engine()));
        var http = new HttpClient(EngineTrust.System.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        clients.Add(http);
        return (new OvirtClient(http, server.Options(pageSize: 1)), "vm1");
    }

    public override async Task EndAsync()
    {
        clients.ForEach(http => http.Dispose());
        clients.Clear();
        await server.DisposeAsync();
    }
}
