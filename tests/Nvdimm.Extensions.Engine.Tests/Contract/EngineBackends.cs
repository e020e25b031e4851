namespace Nvdimm.Extensions.Engine.Tests.Contract;

/// <summary>
/// The engines of the contract suite: the one in memory, one over a real socket, and the one that NVDIMM_TEST_ENGINE_URL names, where it does.
/// </summary>
internal static class EngineBackends
{
    private const string Memory = "memory";
    private const string Socket = "socket";
    private const string Live = "live";

    public static IEnumerable<string> Names => LiveBackend.Url is null ? [Memory, Socket] : [Memory, Socket, Live];

    public static EngineBackend Of(string name) => name switch
    {
        Memory => new MemoryBackend(),
        Socket => new SocketBackend(),
        _ => new LiveBackend(),
    };
}
