namespace Nvdimm.DevEngine.Tests.Clients;

/// <summary>
/// The traffic of the real go-ovirt-client v3 with a new development engine: the calls of its VM, host, tag, cluster and data center parts, the
/// reading of templates, NUMA nodes and host devices with the Go SDK, and calls that need disks or networks, which get a fault.
/// </summary>
public sealed class GoClientTrafficTests : EngineTests
{
    [Test]
    public async Task Calls_AreAnsweredAsRecorded()
    {
        using var traffic = new ClientTraffic("go-ovirt-client-calls.json");
        Assert.That(traffic.Count, Is.GreaterThan(100));
        Assert.That(await traffic.ReplayAsync(Engine.Anonymous), Is.Empty);
    }

    /// <summary><c>AutoOptimizeVMCPUPinningSettings</c>: the client reads nothing back; the policy is in the VM.</summary>
    [Test]
    public async Task AutoOptimize_SetsThePinningPolicy()
    {
        var path = $"vms/{RunningEngine.IdOf("vm1")}";
        var (status, action, _) = await Engine.SendAsync(
            HttpMethod.Post, $"{path}/autopincpuandnumanodes", "<action><optimize_cpu_settings>true</optimize_cpu_settings></action>");
        Assert.That((status, action.Element("status")?.Value), Is.EqualTo((200, "complete")));
        var vm = await Engine.GetXmlAsync(path);
        Assert.That(
            (vm.Element("cpu_pinning_policy")?.Value, vm.Element("auto_pinning_policy")?.Value), Is.EqualTo(("resize_and_pin_numa", "adjust")));
    }

    /// <summary>Clients update a VM by sending back all that they read, so an update must accept the list.</summary>
    [Test]
    public async Task Disks_OfANewVmAreRefused_AndOfAnUpdateIgnored()
    {
        const string Disks = "<disk_attachments><disk_attachment><disk id='5eed0009-0000-4000-8000-000000000001'/></disk_attachment></disk_attachments>";
        var (created, _, _) = await Engine.SendAsync(HttpMethod.Post, "vms", $"<vm><name>d</name><cluster><name>Default</name></cluster>{Disks}</vm>");
        var (listed, vms, _) = await Engine.SendAsync(HttpMethod.Get, "vms?search=name%3Dd");
        var (updated, _, _) = await Engine.SendAsync(HttpMethod.Put, $"vms/{RunningEngine.IdOf("vm1")}", $"<vm>{Disks}</vm>");
        var (without, _, _) = await Engine.SendAsync(
            HttpMethod.Post,
            "vms",
            "<vm><name>e</name><cluster><name>Default</name></cluster><disk_attachments><disk_attachment/></disk_attachments></vm>");
        Assert.That((created, listed, vms.HasElements, updated, without), Is.EqualTo((404, 200, false, 200, 201)));
    }
}
