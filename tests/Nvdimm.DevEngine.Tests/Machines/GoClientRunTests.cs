using Nvdimm.DevEngine.Tests.Clients;

namespace Nvdimm.DevEngine.Tests.Machines;

/// <summary>The real go-ovirt-client v3 starts, watches, shuts down and stops a VM; the replay runs a real domain, too.</summary>
public sealed class GoClientRunTests : MachineTests
{
    [Test]
    public async Task Runs_AreAnsweredAsRecorded()
    {
        using var traffic = new ClientTraffic("go-ovirt-client-run.json");
        Assert.That(await traffic.ReplayAsync(Engine.Anonymous), Is.Empty);
    }
}
