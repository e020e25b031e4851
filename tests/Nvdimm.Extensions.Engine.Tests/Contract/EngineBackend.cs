namespace Nvdimm.Extensions.Engine.Tests.Contract;

/// <summary>An engine that the contract suite runs on.</summary>
internal abstract class EngineBackend
{
    /// <summary>
    /// The name of a VM as the suite needs it, but without NUMA nodes and with a maximum memory above its memory; null where there is none.
    /// </summary>
    public virtual string? WithoutNodes => "vm-without-nodes";

    /// <summary>The same with dedicated vCPUs, and with its memory as the maximum; null where there is none.</summary>
    public virtual string? WithoutAnyNode => "vm-no-numa";

    /// <summary>The engine, and the name of a VM as the suite needs it.</summary>
    public abstract Task<(IOvirtEngine Engine, string Vm)> OpenAsync();

    /// <summary>Ends what was begun for the engine.</summary>
    public virtual Task EndAsync() => Task.CompletedTask;
}
