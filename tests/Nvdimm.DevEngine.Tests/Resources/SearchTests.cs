using Microsoft.Extensions.DependencyInjection;
using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Tests.Resources;

/// <summary>The engine's search language: what is served finds what the engine finds; everything else is a fault, never another list.</summary>
public sealed class SearchTests : EngineTests
{
    private static readonly (string Search, string Names)[] VmSearches =
    [
        ("name=vm1", "vm1"),
        ("name = vm1", "vm1"),
        ("name=\"vm1\"", "vm1"),
        ("name=VM1", ""),
        ("name=vm? sortby name desc", ""),
        ("name=vm* and cluster=Power sortby name desc", "vm-power"),
        ("name=vm1 or name=vm2", "vm1,vm2"),
        ("name=vm1 or name=vm2 and type=desktop", "vm1,vm2"),
        ("name=vm* type=desktop", "vm2"),
        ("vm1", "vm1"),
        ("finance", "vm2"),
        ("cluster=Default and status != down", "vm-host2,vm-locked"),
        ("status=imagelocked", "vm-locked"),
        ("status=image_locked", "vm-locked"),
        ("memory>1024", "vm2"),
        ("memory>=1024 and memory<2048 and name=vm1", "vm1"),
        ("memory=2048", "vm2"),
        ("guaranteed_memory<2048 and memory=2048", "vm2"),
        ("vcpus>1", "vm2"),
        ("vcpus = 4", "vm2"),
        ("host.name=host2", "vm-host2"),
        ("Hosts.name=host2", "vm-host2"),
        ("host=host2", "vm-host2"),
        ("on_host=host2", "vm-host2"),
        ("Hosts.tag=pmem", "vm-host2"),
        ("template.name=Blank and name=vm1", "vm1"),
        ("comment=*finance", "vm2"),
        ("datacenter=Default and name=vm1", "vm1"),
        ("type=desktop", "vm2"),
        ("os=rhel_9x64", "vm2"),
        ("tag=pmem", "vm1"),
        ("architecture=ppc64", "vm-power"),
        ("id=5eed0003-0000-4000-8000-000000000001", "vm1"),
        ("creationdate>\"Jan 1, 2020\" and name=vm1", "vm1"),
        ("creationdate<1/1/20", ""),
        ("page 2", ""),
    ];

    private static readonly (string Collection, string Item, string Search, string Names)[] OtherSearches =
    [
        ("hosts", "host", "tag=pmem", "host2"),
        ("hosts", "host", "address=host1.*", "host1"),
        ("hosts", "host", "Vms.name=vm-host2", "host2"),
        ("hosts", "host", "vm.status=down", ""),
        ("hosts", "host", "architecture=ppc64", "power1"),
        ("hosts", "host", "type=rhel and datacenter=Default sortby name desc", "power1,host2,host1"),
        ("datacenters", "data_center", "Clusters.name=Default", "Default"),
        ("datacenters", "data_center", "Clusters.name=none", ""),
        ("clusters", "cluster", "datacenter.name=Default and name=Power", "Power"),
        ("templates", "template", "vm.name=vm1", "Blank"),
        ("templates", "template", "vm.name=nobody", ""),
    ];

    private static readonly (string Collection, string Search)[] Unserved =
    [
        ("vms", "colour=red"),
        ("vms", "name=\"vm1"),
        ("vms", "=="),
        ("vms", "name>vm1"),
        ("vms", "memory>much"),
        ("vms", "status=asleep"),
        ("vms", "creationdate>2020-01-01"),
        ("vms", "(name=vm1)"),
        ("vms", "name=vm1 or"),
        ("vms", "or name=vm1"),
        ("vms", "name=vm1 and and name=vm2"),
        ("vms", "name='vm1'"),
        ("vms", "sortby colour"),
        ("vms", "users.name=admin"),
        ("hosts", "memory > 1"),
        ("events", "time>2026-01-01"),
        ("jobs", "status=finished"),
        ("jobs", "sortby start_time"),
    ];

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

    [Test]
    public async Task Vms()
    {
        foreach (var (search, names) in VmSearches)
        {
            Assert.That(await NamesAsync("vms", "vm", search), Is.EqualTo(names), search);
        }
    }

    [Test]
    public async Task Others()
    {
        foreach (var (collection, item, search, names) in OtherSearches)
        {
            Assert.That(await NamesAsync(collection, item, search), Is.EqualTo(names), $"{collection}: {search}");
        }
    }

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

    [Test]
    public async Task WhatIsNotServed_IsAFault()
    {
        foreach (var (collection, search) in Unserved)
        {
            var (status, body, _) = await Engine.SendAsync(HttpMethod.Get, $"{collection}?search={Uri.EscapeDataString(search)}");
            Assert.That((status, body.Name.LocalName), Is.EqualTo((400, "fault")), $"{collection}: {search}: {body}");
        }
    }

    private async Task<string> NamesAsync(string collection, string item, string search) => string.Join(
        ',',
        (await Engine.GetXmlAsync($"{collection}?search={Uri.EscapeDataString(search)}")).Elements(item).Select(found => found.Element("name")?.Value));

    private async Task<int> CountAsync(string collection, string item, string search) =>
        (await Engine.GetXmlAsync($"{collection}?search={Uri.EscapeDataString(search)}")).Elements(item).Count();
}
