using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Nvdimm.DevEngine.Auth;
using Nvdimm.DevEngine.Tests.Auth;

namespace Nvdimm.DevEngine.Tests.Clients;

/// <summary>What the Python SDK 4.6.3 sends, by itself and under Ansible's ovirt.ovirt 3.x, recorded from its own debug log, and what it reads from the answers.</summary>
public sealed class SdkTests : EngineTests
{
    private const string Vm1 = "/ovirt-engine/api/vms/5eed0003-0000-4000-8000-000000000001";

    private string token = "";

    [SetUp]
    public async Task LoginAsync() => token = await Tokens.GetAsync(Engine, RunningEngine.Admin, RunningEngine.Password);

    [Test]
    public async Task HostDevices_AddedListedRemoved()
    {
        var (found, vms) = await SendAsync(HttpMethod.Get, "/ovirt-engine/api/vms?follow=host_devices&search=name%3Dvm1");
        Assert.That((found, (string?)vms.Element("vm")?.Attribute("href"), vms.Element("vm")?.Element("host_devices")?.HasElements), Is.EqualTo((200, Vm1, false)));

        var (added, device) = await SendAsync(HttpMethod.Post, $"{Vm1}/hostdevices", "<host_device>\n  <name>namespace0.0</name>\n</host_device>");
        Assert.That((added, (string?)device.Attribute("href")), Is.EqualTo((201, $"{Vm1}/hostdevices/6e616d657370616365302e30")));
        Assert.That((await SendAsync(HttpMethod.Get, $"{Vm1}/hostdevices")).Body.Elements("host_device").Select(found => (string?)found.Element("name")), Is.EqualTo(new[] { "namespace0.0" }));

        var (suspended, action) = await SendAsync(HttpMethod.Post, $"{Vm1}/suspend", "<action/>");
        Assert.That((suspended, action.Name.LocalName, (string?)action.Element("fault")?.Element("detail")), Is.EqualTo((409, "action", "[Cannot hibernate VM. VM is not up.]")));

        var (removed, done) = await SendAsync(HttpMethod.Delete, $"{Vm1}/hostdevices/6e616d657370616365302e30");
        Assert.That((removed, (string?)done.Element("status")), Is.EqualTo((200, "complete")));
        Assert.That((await SendAsync(HttpMethod.Delete, $"{Vm1}/hostdevices/6e616d657370616365302e30")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Vm_OfAnsible_IsMadeAndRemoved()
    {
        var (_, clusters) = await SendAsync(HttpMethod.Get, "/ovirt-engine/api/clusters?search=name%3DDefault");
        var (_, center) = await SendAsync(HttpMethod.Get, (string)clusters.Element("cluster")!.Element("data_center")!.Attribute("href")!);
        var (_, templates) = await SendAsync(HttpMethod.Get, $"/ovirt-engine/api/templates?search=name%3DBlank+and+datacenter%3D{(string?)center.Element("name")}");
        var template = templates.Elements("template").Single();
        Assert.That((int?)template.Element("version")?.Element("version_number"), Is.EqualTo(1));

        var (made, vm) = await SendAsync(
            HttpMethod.Post,
            "/ovirt-engine/api/vms",
            $"""
            <vm><cluster><name>Default</name></cluster><memory>1073741824</memory><name>avm</name>
            <placement_policy><affinity>pinned</affinity><hosts><host><name>host1</name></host></hosts></placement_policy>
            <template id="{(string?)template.Attribute("id")}"/></vm>
            """);
        Assert.That(made, Is.EqualTo(201), vm.ToString());
        var href = (string)vm.Attribute("href")!;
        Assert.That((await SendAsync(HttpMethod.Get, "/ovirt-engine/api/templates?search=vm.name%3Davm")).Body.Elements("template").Count(), Is.EqualTo(1));

        Assert.That((await AddNodeAsync(href, 0)).Status, Is.EqualTo(201));
        var (_, second) = await AddNodeAsync(href, 1);
        Assert.That((await SendAsync(HttpMethod.Post, $"{href}/hostdevices", "<host_device><name>namespace6.1</name></host_device>")).Status, Is.EqualTo(201));
        Assert.That((await SendAsync(HttpMethod.Delete, (string)second.Attribute("href")!)).Status, Is.EqualTo(200));
        Assert.That((await SendAsync(HttpMethod.Get, $"{href}/numanodes")).Body.Elements("vm_numa_node").Count(), Is.EqualTo(1));
        Assert.That((await SendAsync(HttpMethod.Delete, href)).Status, Is.EqualTo(200));
        Assert.That((await SendAsync(HttpMethod.Get, href)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task NumaNode_BeforeOthers_StaysWhereItIs()
    {
        var nodes = (await SendAsync(HttpMethod.Get, $"{Vm1}/numanodes")).Body.Elements("vm_numa_node").Select(node => (string)node.Attribute("href")!).ToList();
        var (status, fault) = await SendAsync(HttpMethod.Delete, nodes[0]);
        Assert.That((status, (string?)fault.Element("detail")), Is.EqualTo((409, "[Cannot remove Virtual NUMA node. The VM has nodes behind the one with the index 0; remove these first.]")));
        Assert.That((await SendAsync(HttpMethod.Delete, $"{nodes[0]}0")).Status, Is.EqualTo(404));
        Assert.That((await SendAsync(HttpMethod.Get, $"{Vm1}/numanodes")).Body.Elements("vm_numa_node").Count(), Is.EqualTo(2));
    }

    [TestCase("<template><name>Other</name></template>")]
    [TestCase("<template id='5eed0003-0000-4000-8000-000000000001'/>")]
    public async Task Vm_OfUnknownTemplate_IsNotMade(string template) => Assert.That(
        (await SendAsync(HttpMethod.Post, "/ovirt-engine/api/vms", $"<vm><name>x</name><cluster><name>Default</name></cluster>{template}</vm>")).Status, Is.EqualTo(404));

    [TestCase("nics")]
    [TestCase("disk_attachments")]
    public async Task Lists_OfWhatThereIsNot_AreEmpty(string collection)
    {
        var (status, list) = await SendAsync(HttpMethod.Get, $"{Vm1}/{collection.Replace("_", "", StringComparison.Ordinal)}");
        Assert.That((status, list.Name.LocalName, list.HasElements), Is.EqualTo((200, collection, false)));
        Assert.That((await SendAsync(HttpMethod.Get, $"/ovirt-engine/api/vms/nobody/{collection.Replace("_", "", StringComparison.Ordinal)}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Follow_UsesTheNamesThatTheSdkReads()
    {
        var (_, hosts) = await SendAsync(HttpMethod.Get, "/ovirt-engine/api/hosts?follow=devices&max=1&search=name%3Dhost1");
        Assert.That(hosts.Element("host")!.Element("devices")!.Elements("host_device").Count(), Is.EqualTo(20));
        var (_, vm) = await SendAsync(HttpMethod.Get, $"{Vm1}?follow=numa_nodes,disk_attachments,template");
        Assert.That(vm.Element("host_numa_nodes")!.Elements("vm_numa_node").Count(), Is.EqualTo(2));
        Assert.That((vm.Element("disk_attachments")?.HasElements, (string?)vm.Element("template")?.Element("name")), Is.EqualTo((false, "Blank")));
    }

    /// <summary>The SDK takes a new token at 401 and repeats the request once.</summary>
    [Test]
    public async Task Token_ThatHasExpired_IsRenewed()
    {
        Engine.Time.Advance(Sessions.IdleLimit + TimeSpan.FromSeconds(1));
        Assert.That((await SendAsync(HttpMethod.Get, Vm1)).Status, Is.EqualTo(401));
        token = await Tokens.GetAsync(Engine, RunningEngine.Admin, RunningEngine.Password);
        Assert.That((await SendAsync(HttpMethod.Get, Vm1)).Status, Is.EqualTo(200));
    }

    private Task<(int Status, XElement Body)> AddNodeAsync(string vm, int index) => SendAsync(
        HttpMethod.Post,
        $"{vm}/numanodes",
        $"""
        <vm_numa_node><cpu><cores><core><index>{index}</index></core></cores></cpu><index>{index}</index><memory>512</memory>
        <numa_node_pins><numa_node_pin><index>{index}</index></numa_node_pin></numa_node_pins></vm_numa_node>
        """);

    private async Task<(int Status, XElement Body)> SendAsync(HttpMethod method, string path, string? xml = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(xml ?? ""));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        request.Headers.UserAgent.ParseAdd("PythonSDK/4.6.3");
        request.Headers.Add("Version", "4");
        request.Headers.Accept.ParseAdd("application/xml");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Engine.Anonymous.SendAsync(request);
        return ((int)answer.StatusCode, XElement.Parse(await answer.Content.ReadAsStringAsync()));
    }
}
