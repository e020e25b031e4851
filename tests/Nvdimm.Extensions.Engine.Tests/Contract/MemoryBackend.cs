namespace Nvdimm.Extensions.Engine.Tests.Contract;

/// <summary>The engine in memory.</summary>
internal sealed class MemoryBackend : EngineBackend
{
    public override Task<(IOvirtEngine Engine, string Vm)> OpenAsync() => Task.FromResult(((IOvirtEngine)EngineSamples.Engine(), "vm1"));
}
