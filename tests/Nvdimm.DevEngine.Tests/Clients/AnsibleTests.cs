namespace Nvdimm.DevEngine.Tests.Clients;

/// <summary>
/// What Ansible's ovirt.ovirt 3.2.3 reads and sends beyond VMs: the dynamic inventory (<c>plugins/inventory/ovirt.py</c>), <c>ovirt_tag</c> on
/// hosts and <c>ovirt_job</c>.
/// </summary>
public sealed class AnsibleTests : EngineTests
{
    private static readonly string Vm1 = $"vms/{RunningEngine.IdOf("vm1")}";
    private static readonly string Host1 = $"hosts/{RunningEngine.HostId(1)}";

    /// <summary>The inventory reads all of this for each VM, and is empty as a whole if one of it is missing.</summary>
    [TestCase("reporteddevices", "reported_devices")]
    [TestCase("statistics", "statistics")]
    [TestCase("affinitylabels", "affinity_labels")]
    [TestCase("tags", "tags")]
    public async Task Inventory_OfAVm_IsThere(string path, string root)
    {
        var list = await Engine.GetXmlAsync($"{Vm1}/{path}");
        Assert.That((list.Name.LocalName, list.HasElements), Is.EqualTo((root, false)));
        Assert.That((await Engine.SendAsync(HttpMethod.Get, $"vms/nobody/{path}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Inventory_OfTheRest_IsThere()
    {
        var vm = await Engine.GetXmlAsync(Vm1);
        Assert.That((vm.Element("os")?.Element("type")?.Value, vm.Element("template")?.Attribute("id")), Is.EqualTo(("other", vm.Element("template")?.Attribute("id"))));
        var cluster = vm.Element("cluster")!.Attribute("href")!.Value["/ovirt-engine/api/".Length..];
        Assert.That((await Engine.GetXmlAsync($"{cluster}/affinitygroups")).Name.LocalName, Is.EqualTo("affinity_groups"));
    }

    [Test]
    public async Task Links_OfAVmAndAHost_LeadSomewhere()
    {
        foreach (var path in new[] { Vm1, Host1 })
        {
            foreach (var link in (await Engine.GetXmlAsync(path)).Elements("link"))
            {
                Assert.That((await Engine.SendAsync(HttpMethod.Get, link.Attribute("href")!.Value["/ovirt-engine/api/".Length..])).Status, Is.EqualTo(200), $"{link}");
            }
        }
    }

    [Test]
    public async Task Tag_OfAHost_IsAssignedAndTakenAway()
    {
        var (made, tag, _) = await Engine.SendAsync(HttpMethod.Post, "tags", "<tag><name>rack1</name></tag>");
        Assert.That(made, Is.EqualTo(201));
        var (child, under, _) = await Engine.SendAsync(HttpMethod.Post, "tags", "<tag><name>shelf</name><parent><name>rack1</name></parent></tag>");
        Assert.That((child, under.Element("parent")?.Attribute("id")?.Value), Is.EqualTo((201, tag.Attribute("id")?.Value)));

        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"{Host1}/tags", $"<tag id='{tag.Attribute("id")?.Value}'/>")).Status, Is.EqualTo(201));
        Assert.That((await Engine.GetXmlAsync("hosts?search=tag%3Drack1")).Elements("host").Single().Element("name")?.Value, Is.EqualTo("host1"));
        var assigned = (await Engine.GetXmlAsync($"{Host1}/tags")).Elements("tag").Single();
        Assert.That((await Engine.SendAsync(HttpMethod.Delete, assigned.Attribute("href")!.Value["/ovirt-engine/api/".Length..])).Status, Is.EqualTo(200));
        Assert.That((await Engine.GetXmlAsync($"{Host1}/tags")).HasElements, Is.False);
        Assert.That((await Engine.SendAsync(HttpMethod.Post, "hosts/nobody/tags", $"<tag id='{tag.Attribute("id")?.Value}'/>")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Job_OfSomebodyElse_HasSteps_AndEnds()
    {
        var (made, job, _) = await Engine.SendAsync(HttpMethod.Post, "jobs", "<job><description>backup of all</description></job>");
        Assert.That((made, job.Element("status")?.Value, job.Element("external")?.Value), Is.EqualTo((201, "started", "true")));
        var path = $"jobs/{job.Attribute("id")?.Value}";
        var (added, step, _) = await Engine.SendAsync(HttpMethod.Post, $"{path}/steps", "<step><description>first</description><type>executing</type></step>");
        Assert.That((added, step.Element("status")?.Value), Is.EqualTo((201, "started")), step.ToString());

        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"{path}/steps/{step.Attribute("id")?.Value}/end", "<action><succeeded>true</succeeded></action>")).Status, Is.EqualTo(200));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"{path}/end", "<action><succeeded>false</succeeded></action>")).Status, Is.EqualTo(200));
        Assert.That((await Engine.GetXmlAsync($"{path}/steps")).Elements("step").Single().Element("status")?.Value, Is.EqualTo("finished"));
        Assert.That((await Engine.GetXmlAsync(path)).Element("status")?.Value, Is.EqualTo("failed"));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"{path}/clear", "<action/>")).Status, Is.EqualTo(200));
        Assert.That((await Engine.SendAsync(HttpMethod.Get, path)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Job_OfTheEngine_IsNotEndedByOthers()
    {
        await Engine.SendAsync(
            HttpMethod.Post, $"{Vm1}/snapshots", "<snapshot><description>s</description><persist_memorystate>false</persist_memorystate></snapshot>");
        var job = (await Engine.GetXmlAsync("jobs")).Elements("job").Single();
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"jobs/{job.Attribute("id")?.Value}/end", "<action/>")).Status, Is.EqualTo(400));
    }
}
