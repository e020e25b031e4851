using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests.Contract;

/// <summary>The engine in memory.</summary>
internal sealed class MemoryBackend : EngineBackend
{
    public override Task<(IOvirtEngine Engine, string Vm)> OpenAsync() => Task.FromResult(((IOvirtEngine)Engine(), "vm1"));

    /// <summary>The sample engine with the VMs without NUMA nodes.</summary>
    public static InMemoryEngine Engine()
    {
        var engine = EngineSamples.Engine();
        engine.SetVm(EngineSamples.Vm("v4", "vm-without-nodes", "h1"));
        engine.SetVm(EngineSamples.Vm("v5", "vm-no-numa", "h1") with { CanPlugCpus = false, MaxMemory = ByteSize.FromGiB(1) });
        return engine;
    }
}
