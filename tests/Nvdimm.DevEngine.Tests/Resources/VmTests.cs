using Microsoft.Extensions.DependencyInjection;
using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Tests.Resources;

/// <summary>VMs: views, search, follow, changes, actions that rules refuse.</summary>
public sealed class VmTests : EngineTests
{
    private const string Device = "namespace6.1";

    private static readonly string Vm1 = RunningEngine.IdOf("vm1");

    [Test]
    public async Task Vm_InXml_HasWhatClientsRead()
    {
        var vm = await Engine.GetXmlAsync($"vms/{Vm1}");
        Assert.That(vm.Element("placement_policy")?.Element("affinity")?.Value, Is.EqualTo("pinned"));
        Assert.That(vm.Element("placement_policy")?.Element("hosts")?.Elements("host").Single().Attribute("id")?.Value, Is.EqualTo(RunningEngine.HostId(1)));
        Assert.That(vm.Element("memory")?.Value, Is.EqualTo("1073741824"));
        Assert.That(vm.Element("memory_policy")?.Element("max")?.Value, Is.EqualTo("4294967296"));
        Assert.That(vm.Element("cpu")?.Element("architecture")?.Value, Is.EqualTo("x86_64"));
        Assert.That(vm.Element("actions")?.Elements("link").Select(link => link.Attribute("rel")?.Value), Does.Contain("start"));
        Assert.That(vm.Descendants("name").First().Value, Is.EqualTo("vm1"), "fence_rhevm takes the first");
        Assert.That(vm.Descendants("status").First().Value, Is.EqualTo("down"), "fence_rhevm takes the first");
    }

    [Test]
    public async Task Vm_InJson_HasTextsAndLinks()
    {
        var vm = await Engine.GetJsonAsync($"vms/{Vm1}");
        Assert.That(vm.GetProperty("memory").GetString(), Is.EqualTo("1073741824"));
        Assert.That(vm.GetProperty("stateless").GetString(), Is.EqualTo("false"));
        Assert.That(vm.GetProperty("creation_time").GetInt64(), Is.EqualTo(Engine.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        Assert.That(vm.GetProperty("placement_policy").GetProperty("hosts").GetProperty("host")[0].GetProperty("id").GetString(), Is.EqualTo(RunningEngine.HostId(1)));
        Assert.That(vm.GetProperty("actions").GetProperty("link")[0].GetProperty("rel").GetString(), Is.EqualTo("start"));
        Assert.That(vm.GetProperty("link").EnumerateArray().Select(link => link.GetProperty("rel").GetString()), Does.Contain("hostdevices"));
    }

    [TestCase("max=2", "vm-host2,vm-locked")]
    [TestCase("max=-1&search=name%3Dvm2", "vm2")]
    [TestCase("max=3&search=cluster%3DDefault%20sortby%20name%20asc%20page%203", "vm2")]
    [TestCase("max=3&search=sortby%20name%20asc%20page%202", "vm-power,vm-two-hosts,vm-unpinned")]
    [TestCase("search=name%3DVM1&case_sensitive=false", "vm1")]
    public async Task Vms_Listed_AreFound(string query, string names) => Assert.That(
        string.Join(',', (await Engine.GetXmlAsync($"vms?{query}")).Elements("vm").Select(vm => vm.Element("name")?.Value)), Is.EqualTo(names));

    [TestCase("v4/vms")]
    [TestCase("vms/")]
    [TestCase("v4/vms/")]
    public async Task Vms_UnderOtherPaths_AreTheSame(string path) => Assert.That((await Engine.GetXmlAsync(path)).Elements("vm").Count(), Is.EqualTo(8));

    [Test]
    public async Task Follow_OfLinksAndReferences_PutsThemInPlace()
    {
        await Engine.AttachAsync("vm1", Device);
        var vm = await Engine.GetXmlAsync($"vms/{Vm1}?follow=host_devices.host,numa_nodes,cluster,tags");
        Assert.That(vm.Element("host_devices")?.Element("host_device")?.Element("host")?.Element("name")?.Value, Is.EqualTo("host1"));
        Assert.That(vm.Element("host_numa_nodes")?.Elements("vm_numa_node").Count(), Is.EqualTo(2));
        Assert.That(vm.Element("cluster")?.Element("name")?.Value, Is.EqualTo("Default"));
        var links = vm.Elements("link").Select(link => link.Attribute("rel")?.Value).ToList();
        Assert.That(links, Is.SupersetOf(new[] { "snapshots", "nics", "diskattachments" }).And.Not.Contain("hostdevices").And.Not.Contain("tags"));

        var vms = await Engine.GetXmlAsync("vms?follow=hostdevices&search=name%3Dvm*");
        Assert.That(vms.Elements("vm").All(found => found.Element("host_devices") is not null));
        var hosts = await Engine.GetJsonAsync("hosts?follow=devices");
        Assert.That(hosts.GetProperty("host")[0].GetProperty("devices").GetProperty("host_device").GetArrayLength(), Is.EqualTo(20));
    }

    [Test]
    public async Task NumaNodes_AreInMebibytes()
    {
        var nodes = (await Engine.GetXmlAsync($"vms/{Vm1}/numanodes")).Elements("vm_numa_node").ToList();
        Assert.That(nodes.Select(node => (node.Element("index")?.Value, node.Element("memory")?.Value)), Is.EqualTo(new[] { ("0", "512"), ("1", "512") }));
        Assert.That(nodes[1].Element("numa_node_pins")?.Element("numa_node_pin")?.Element("index")?.Value, Is.EqualTo("1"));
        Assert.That((await Engine.GetXmlAsync($"vms/{Vm1}/numanodes/{nodes[1].Attribute("id")?.Value}")).Element("index")?.Value, Is.EqualTo("1"));
    }

    [TestCase("suspend", null, 409, "Cannot hibernate VM. VM is not up.")]
    [TestCase("snapshots", "<snapshot><description>s</description><persist_memorystate>true</persist_memorystate></snapshot>", 409, "VM has NVDIMM devices attached.")]
    [TestCase("migrate", "<action/>", 409, "Cannot migrate VM. VM is pinned to Host.")]
    [TestCase("stop", "<action/>", 409, "Cannot stop VM. VM is not running.")]
    [TestCase("shutdown", "<action/>", 409, "Cannot shutdown VM. VM is not running.")]
    [TestCase("start", "<action/>", 409, "Cannot run VM. This development engine has no libvirt to run it in; start the engine with --libvirt URI.")]
    public async Task Operation_Refused_SaysWhy(string operation, string? xml, int status, string detail)
    {
        await Engine.AttachAsync("vm1", Device);
        var (got, body, _) = await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm1}/{operation}", xml);
        Assert.That(got, Is.EqualTo(status), body.ToString());
        Assert.That(body.DescendantsAndSelf("fault").Single().Element("detail")?.Value, Does.Contain(detail));
        Assert.That((body.Name.LocalName, body.Element("status")?.Value), Is.EqualTo(operation == "snapshots" ? ("fault", null) : ("action", "failed")));
        Assert.That((await Engine.GetXmlAsync($"vms/{Vm1}")).Element("status")?.Value, Is.EqualTo("down"));
    }

    /// <summary>oVirt Engine 4.5, <c>HibernateVmCommand</c>: whether the VM is up is asked first.</summary>
    [Test]
    public async Task Suspend_OfAVmThatIsUp_IsRefusedForItsNvdimm()
    {
        await Engine.AttachAsync("vm1", Device);
        Engine.App.Services.GetRequiredService<EngineDatabase>().Write(session => session.Execute(
            "UPDATE vms SET host_id = @host, status = 'up' WHERE id = @vm", new { host = RunningEngine.HostId(1), vm = Vm1 }));
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm1}/suspend");
        Assert.That((status, body.Element("fault")?.Element("detail")?.Value), Is.EqualTo((409, "[Cannot hibernate VM. VM has NVDIMM devices attached.]")));
    }

    [Test]
    public async Task Snapshot_WithoutMemory_IsTaken()
    {
        await Engine.AttachAsync("vm1", Device);
        var (status, body, _) = await Engine.SendAsync(
            HttpMethod.Post, $"vms/{Vm1}/snapshots", "<snapshot><description>before</description><persist_memorystate>false</persist_memorystate></snapshot>");
        Assert.That(status, Is.EqualTo(201), body.ToString());
        Assert.That((await Engine.GetXmlAsync($"vms/{Vm1}/snapshots")).Elements("snapshot").Select(found => found.Element("description")?.Value), Is.EqualTo(new[] { "Active VM", "before" }));
        Assert.That((await Engine.GetXmlAsync("jobs")).Elements("job").Single().Element("status")?.Value, Is.EqualTo("finished"));
    }

    [Test]
    public async Task Pinning_OfVmWithNvdimm_CannotChange()
    {
        await Engine.AttachAsync("vm1", Device);
        var (status, body, _) = await Engine.SendAsync(
            HttpMethod.Put, $"vms/{Vm1}", $"<vm><placement_policy><hosts><host id='{RunningEngine.HostId(2)}'/></hosts></placement_policy></vm>");
        Assert.That(status, Is.EqualTo(409));
        Assert.That(body.Element("detail")?.Value, Does.Contain("If the pinning of vm1 changes, the engine drops namespace6.1 from it."));
    }

    [Test]
    public async Task Vm_MadeChangedRemoved()
    {
        var (made, body, answer) = await Engine.SendAsync(HttpMethod.Post, "vms", "<vm><name>mine</name><cluster><name>Default</name></cluster><memory>536870912</memory></vm>");
        Assert.That(made, Is.EqualTo(201), body.ToString());
        var id = body.Attribute("id")!.Value;
        Assert.That(answer.Headers.Location?.AbsolutePath, Is.EqualTo($"/ovirt-engine/api/vms/{id}"));
        var (changed, after, _) = await Engine.SendAsync(
            HttpMethod.Put,
            $"vms/{id}",
            "<vm><description>new</description><placement_policy><affinity>user_migratable</affinity><hosts><host><name>host2</name></host></hosts></placement_policy></vm>");
        Assert.That(changed, Is.EqualTo(200), after.ToString());
        Assert.That((after.Element("name")?.Value, after.Element("description")?.Value), Is.EqualTo(("mine", "new")));
        Assert.That(after.Element("placement_policy")?.Element("hosts")?.Element("host")?.Attribute("id")?.Value, Is.EqualTo(RunningEngine.HostId(2)));
        Assert.That((await Engine.SendAsync(HttpMethod.Delete, $"vms/{id}")).Status, Is.EqualTo(200));
        Assert.That((await Engine.SendAsync(HttpMethod.Get, $"vms/{id}")).Status, Is.EqualTo(404));
    }

    [TestCase("<vm><cluster><name>Default</name></cluster></vm>", 400, "Vm [name] required for add")]
    [TestCase("<vm><name>x</name></vm>", 400, "Vm [cluster.id|name] required for add")]
    [TestCase("<vm><name>vm1</name><cluster><name>Default</name></cluster></vm>", 409, "The VM name is already in use")]
    [TestCase("<vm><name>a b</name><cluster><name>Default</name></cluster></vm>", 400, "The name of a VM")]
    [TestCase("<vm><name>x</name><cluster><name>none</name></cluster></vm>", 404, "Cannot find cluster none")]
    [TestCase("<vm><name>x</name><cluster><name>Default</name></cluster><memory>much</memory></vm>", 400, "'much' is no whole number")]
    [TestCase("<vm><name>x</name><cluster><name>Default</name></cluster><memory>5</memory></vm>", 400, "whole MiB")]
    [TestCase("<vm><name>x</name><cluster><name>Default</name></cluster><placement_policy><affinity>glued</affinity></placement_policy></vm>", 400, "'glued' is no affinity")]
    public async Task Vm_MadeWrongly_IsRefused(string xml, int status, string detail)
    {
        var (got, body, _) = await Engine.SendAsync(HttpMethod.Post, "vms", xml);
        Assert.That((got, body.Element("detail")?.Value), Is.EqualTo((status, body.Element("detail")?.Value)));
        Assert.That(body.Element("detail")?.Value, Does.Contain(detail));
    }

    [Test]
    public async Task Removal_OfVmThatIsNotDown_IsRefused() =>
        Assert.That((await Engine.SendAsync(HttpMethod.Delete, $"vms/{RunningEngine.IdOf("vm-locked")}")).Status, Is.EqualTo(409));
}
