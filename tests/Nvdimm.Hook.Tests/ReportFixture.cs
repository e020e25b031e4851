using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Tests;

/// <summary>A made host, for tests of the hook that repairs the report.</summary>
public abstract class ReportFixture
{
    private protected const string Point = "after_hostdev_list_by_caps";

    private protected static string LastGood => $"last-good@{MachineId.Of()}.json";

    private protected HookHost Host { get; private set; } = null!;

    [SetUp]
    public void SetUp() => Host = new HookHost();

    [TearDown]
    public void TearDown() => Host.Dispose();
}
