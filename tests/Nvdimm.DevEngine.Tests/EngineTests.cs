namespace Nvdimm.DevEngine.Tests;

/// <summary>Tests with an engine of their own.</summary>
public abstract class EngineTests
{
    private protected RunningEngine Engine { get; private set; } = null!;

    [SetUp]
    public async Task StartEngineAsync() => Engine = await RunningEngine.StartAsync();

    [TearDown]
    public async Task StopEngineAsync() => await Engine.DisposeAsync();
}
