using Microsoft.Extensions.DependencyInjection;
using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Tests.Resources;

/// <summary>The engine's search language: what is served finds what the engine finds; everything else is a fault, never another list.</summary>
public sealed class SearchTests : EngineTests
{
    [SetUp]
    public async Task PrepareAsync()
    {
        var (status, body, _) = await Engine.SendAsync(
            HttpMethod.Put,
            $"vms/{RunningEngine.IdOf("vm2")}",
            """
            <vm><comment>of finance</comment><memory>2147483648</memory><memory_policy><max>4294967296</max><guaranteed>1073741824</guaranteed></memory_policy>
            <cpu><topology><sockets>2</sockets><cores>2</cores></topology></cpu><type>desktop</type><os><type>rhel_9x64</type></os></vm>
            """);
        Assert.That(status, Is.EqualTo(200), body.ToString());
        Assert.That((await Engine.SendAsync(HttpMethod.Post, "tags", "<tag><name>pmem</name></tag>")).Status, Is.EqualTo(201));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{RunningEngine.IdOf("vm1")}/tags", "<tag><name>pmem</name></tag>")).Status, Is.EqualTo(201));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"hosts/{RunningEngine.HostId(2)}/tags", "<tag><name>pmem</name></tag>")).Status, Is.EqualTo(201));
        Engine.App.Services.GetRequiredService<EngineDatabase>().Write(session => session.Execute(
            "UPDATE vms SET host_id = @host, status = 'up' WHERE name = 'vm-host2'", new { host = RunningEngine.HostId(2) }));
    }

    [TestCase("name=vm1", "vm1")]
    [TestCase("name = vm1", "vm1")]
    [TestCase("name=\"vm1\"", "vm1")]
    [TestCase("name=VM1", "")]
    [TestCase("name=vm? sortby name desc", "")]
    [TestCase("name=vm* and cluster=Power sortby name desc", "vm-power")]
    [TestCase("name=vm1 or name=vm2", "vm1,vm2")]
    [TestCase("name=vm1 or name=vm2 and type=desktop", "vm1,vm2")]
    [TestCase("name=vm* type=desktop", "vm2")]
    [TestCase("vm1", "vm1")]
    [TestCase("finance", "vm2")]
    [TestCase("cluster=Default and status != down", "vm-host2,vm-locked")]
    [TestCase("status=imagelocked", "vm-locked")]
    [TestCase("status=image_locked", "vm-locked")]
    [TestCase("memory>1024", "vm2")]
    [TestCase("memory>=1024 and memory<2048 and name=vm1", "vm1")]
    [TestCase("memory=2048", "vm2")]
    [TestCase("guaranteed_memory<2048 and memory=2048", "vm2")]
    [TestCase("vcpus>1", "vm2")]
    [TestCase("vcpus = 4", "vm2")]
    [TestCase("host.name=host2", "vm-host2")]
    [TestCase("Hosts.name=host2", "vm-host2")]
    [TestCase("host=host2", "vm-host2")]
    [TestCase("on_host=host2", "vm-host2")]
    [TestCase("Hosts.tag=pmem", "vm-host2")]
    [TestCase("template.name=Blank and name=vm1", "vm1")]
    [TestCase("comment=*finance", "vm2")]
    [TestCase("datacenter=Default and name=vm1", "vm1")]
    [TestCase("type=desktop", "vm2")]
    [TestCase("os=rhel_9x64", "vm2")]
    [TestCase("tag=pmem", "vm1")]
    [TestCase("architecture=ppc64", "vm-power")]
    [TestCase("id=5eed0003-0000-4000-8000-000000000001", "vm1")]
    [TestCase("creationdate>\"Jan 1, 2020\" and name=vm1", "vm1")]
    [TestCase("creationdate<1/1/20", "")]
    [TestCase("page 2", "")]
    public async Task Vms(string search, string names) => Assert.That(await NamesAsync("vms", "vm", search), Is.EqualTo(names));

    [TestCase("hosts", "host", "tag=pmem", "host2")]
    [TestCase("hosts", "host", "address=host1.*", "host1")]
    [TestCase("hosts", "host", "Vms.name=vm-host2", "host2")]
    [TestCase("hosts", "host", "vm.status=down", "")]
    [TestCase("hosts", "host", "architecture=ppc64", "power1")]
    [TestCase("hosts", "host", "type=rhel and datacenter=Default sortby name desc", "power1,host2,host1")]
    [TestCase("datacenters", "data_center", "Clusters.name=Default", "Default")]
    [TestCase("datacenters", "data_center", "Clusters.name=none", "")]
    [TestCase("clusters", "cluster", "datacenter.name=Default and name=Power", "Power")]
    [TestCase("templates", "template", "vm.name=vm1", "Blank")]
    [TestCase("templates", "template", "vm.name=nobody", "")]
    public async Task Others(string collection, string item, string search, string names) => Assert.That(await NamesAsync(collection, item, search), Is.EqualTo(names));

    [Test]
    public async Task Events()
    {
        await Engine.AttachAsync("vm1", "namespace6.1");
        Assert.That(await CountAsync("events", "event", "vm.name=vm1"), Is.EqualTo(1));
        Assert.That(await CountAsync("events", "event", "event_vm=vm1 and event_host=host1 and type=10800"), Is.EqualTo(1));
        Assert.That(await CountAsync("events", "event", "origin=nobody"), Is.Zero);
        Assert.That(await CountAsync("events", "event", "severity=normal sortby time asc"), Is.EqualTo(2));
        Assert.That(await CountAsync("events", "event", "time>=today"), Is.EqualTo(2));
        Assert.That(await CountAsync("events", "event", "time>\"1/1/99\""), Is.EqualTo(2), "1999, as in the engine's Java");
        Assert.That(await CountAsync("events", "event", "time<\"Jan 1, 2020 3:00:00 PM\""), Is.Zero);
    }

    [Test]
    public async Task Jobs_AreFoundByTheNameOfTheirRequest()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/ovirt-engine/api/vms/{RunningEngine.IdOf("vm1")}/snapshots", UriKind.Relative));
        request.Content = new StringContent("<snapshot><description>s</description><persist_memorystate>false</persist_memorystate></snapshot>", null, "application/xml");
        request.Headers.Add("Correlation-Id", "night-17");
        using var answer = await Engine.Client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(201));
        Assert.That(await CountAsync("jobs", "job", "correlation_id=night-17"), Is.EqualTo(1));
        Assert.That(await CountAsync("jobs", "job", "correlation_id=nothing"), Is.Zero);
        Assert.That(await CountAsync("events", "event", "correlation_id=night-17"), Is.EqualTo(1));
    }

    [TestCase("vms", "colour=red")]
    [TestCase("vms", "name=\"vm1")]
    [TestCase("vms", "==")]
    [TestCase("vms", "name>vm1")]
    [TestCase("vms", "memory>much")]
    [TestCase("vms", "status=asleep")]
    [TestCase("vms", "creationdate>2020-01-01")]
    [TestCase("vms", "(name=vm1)")]
    [TestCase("vms", "name=vm1 or")]
    [TestCase("vms", "or name=vm1")]
    [TestCase("vms", "name=vm1 and and name=vm2")]
    [TestCase("vms", "name='vm1'")]
    [TestCase("vms", "sortby colour")]
    [TestCase("vms", "users.name=admin")]
    [TestCase("hosts", "memory > 1")]
    [TestCase("events", "time>2026-01-01")]
    [TestCase("jobs", "status=finished")]
    [TestCase("jobs", "sortby start_time")]
    public async Task WhatIsNotServed_IsAFault(string collection, string search)
    {
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Get, $"{collection}?search={Uri.EscapeDataString(search)}");
        Assert.That((status, body.Name.LocalName), Is.EqualTo((400, "fault")), body.ToString());
    }

    private async Task<string> NamesAsync(string collection, string item, string search) => string.Join(
        ',',
        (await Engine.GetXmlAsync($"{collection}?search={Uri.EscapeDataString(search)}")).Elements(item).Select(found => found.Element("name")?.Value));

    private async Task<int> CountAsync(string collection, string item, string search) =>
        (await Engine.GetXmlAsync($"{collection}?search={Uri.EscapeDataString(search)}")).Elements(item).Count();
}
