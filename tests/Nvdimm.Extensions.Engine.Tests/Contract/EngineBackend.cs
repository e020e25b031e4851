namespace Nvdimm.Extensions.Engine.Tests.Contract;

/// <summary>An engine that the contract suite runs on.</summary>
internal abstract class EngineBackend
{
    /// <summary>The engine, and the name of a VM as the suite needs it.</summary>
    public abstract Task<(IOvirtEngine Engine, string Vm)> OpenAsync();

    /// <summary>Ends what was begun for the engine.</summary>
    public virtual Task EndAsync() => Task.CompletedTask;
}
