using System.Text;

namespace Nvdimm.DevEngine.Tests.Resources;

/// <summary>Host devices of VMs: what is accepted, and each refusal that the seed can show.</summary>
public sealed class AttachTests : EngineTests
{
    private const string Device = "namespace6.1";
    private const string DeviceId = "6e616d657370616365362e31";

    private static readonly RefusedCase[] RefusedCases =
    [
        new("vm-unpinned", Device, 409, "Cannot add Host devices. VM must be pinned to a host."),
        new("vm-two-hosts", Device, 409, "Cannot add Host devices. VM must be pinned to a single host."),
        new("vm-locked", Device, 409, "Cannot add Host devices because the VM is in Image Locked status."),
        new("vm-no-numa", Device, 400, "Cannot use an NVDIMM device without NUMA."),
        new("vm1", "namespace9.9", 400, "Cannot add Host devices. One or more of specified host devices not found."),
        new("vm1", "10a0f1e3-1490-4a87-9814-9ed22c49dfd2", 400, "Cannot add Host devices. One or more of specified host devices not found."),
        new("vm1", "computer", 400, "Cannot add Host devices. One or more of specified host devices not found."),
        new("vm1", "namespace4.0", 409, "namespace4.0 belongs to vm2 too, by configuration, record or use: two VMs on one device destroy each other's data."),
        new("vm1", "namespace1.0", 409, "namespace1.0 cannot be sized for vm1. A device of "),
        new("vm1", "namespace1.5", 409, "namespace1.5 cannot be sized for vm1"),
        new("vm-power", "namespace0.1", 409, "namespace0.1 cannot be sized for vm-power"),
    ];

    [Test]
    public async Task Attach_OfFreeDevice_IsCreated()
    {
        var (status, body, answer) = await Engine.AttachAsync("vm1", Device);
        var vm = RunningEngine.IdOf("vm1");
        Assert.That(status, Is.EqualTo(201), body.ToString());
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo($"{Engine.Url}ovirt-engine/api/vms/{vm}/hostdevices/{DeviceId}"));
        Assert.That(body.Name.LocalName, Is.EqualTo("host_device"));
        Assert.That(body.Attribute("id")?.Value, Is.EqualTo(DeviceId));
        Assert.That(body.Element("name")?.Value, Is.EqualTo(Device));
        Assert.That(body.Element("capability")?.Value, Is.EqualTo("nvdimm"));
        Assert.That((await Engine.GetXmlAsync($"vms/{vm}/hostdevices")).Elements("host_device").Select(device => device.Element("name")?.Value), Is.EqualTo(new[] { Device }));
        Assert.That((await Engine.GetXmlAsync($"vms/{vm}/hostdevices/{DeviceId}")).Element("vm")?.Attribute("id")?.Value, Is.EqualTo(vm));

        var noted = (await Engine.GetXmlAsync("events")).Elements("event").First();
        Assert.That(noted.Element("code")?.Value, Is.EqualTo("10800"));
        Assert.That(noted.Element("description")?.Value, Is.EqualTo("Host devices namespace6.1 were attached to Vm vm1 by User admin@internal."));
    }

    [Test]
    public async Task Attach_ById_WinsOverName()
    {
        var (status, body, _) = await Engine.SendAsync(
            HttpMethod.Post, $"vms/{RunningEngine.IdOf("vm1")}/hostdevices", $"<host_device id='{DeviceId}'><name>namespace7.0</name></host_device>");
        Assert.That((status, body.Element("name")?.Value), Is.EqualTo((201, Device)));
    }

    [Test]
    public async Task Attach_InJson_IsCreated()
    {
        using var content = new StringContent($$"""{"name": "{{Device}}"}""", Encoding.UTF8, "application/json");
        using var answer = await Engine.Client.PostAsync(new Uri($"/ovirt-engine/api/vms/{RunningEngine.IdOf("vm1")}/hostdevices", UriKind.Relative), content);
        Assert.That((int)answer.StatusCode, Is.EqualTo(201));
    }

    /// <summary>What is kept is also shown in XML, which has no such names.</summary>
    [TestCase("\"sso\": {\"\": \"y\"}")]
    [TestCase("\"initialization\": {\"a b\": \"x\"}")]
    [TestCase("\"custom_properties\": {\"<x>\": \"y\"}")]
    [TestCase("\"1a\": \"y\"")]
    [TestCase("\"a:b\": \"y\"")]
    public async Task Json_WithANameThatXmlCannotHave_IsRefused(string field)
    {
        using var content = new StringContent($$"""{"name": "named", "cluster": {"name": "Default"}, {{field}}}""", Encoding.UTF8, "application/json");
        using var answer = await Engine.Client.PostAsync(new Uri("/ovirt-engine/api/vms", UriKind.Relative), content);
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That((await Engine.GetXmlAsync("vms")).Elements("vm").Select(vm => vm.Element("name")?.Value), Has.No.Member("named"));
    }

    [Test]
    public async Task Attach_Again_IsASuccessWithoutSecondEvent()
    {
        await Engine.AttachAsync("vm1", Device);
        Assert.That((await Engine.AttachAsync("vm1", Device)).Status, Is.EqualTo(201));
        Assert.That((await Engine.GetXmlAsync("events")).Elements("event").Count(), Is.EqualTo(1));
    }

    [TestCaseSource(nameof(RefusedCases))]
    public async Task Attach_Refused_SaysWhy(RefusedCase refused)
    {
        var (status, body, _) = await Engine.AttachAsync(refused.Vm, refused.Device);
        Assert.That(status, Is.EqualTo(refused.Status), body.ToString());
        Assert.That(body.Element("reason")?.Value, Is.EqualTo("Operation Failed"));
        Assert.That(body.Element("detail")?.Value, Does.StartWith("[").And.EndsWith("]").And.Contain(refused.Detail));
        Assert.That((await Engine.GetXmlAsync($"vms/{RunningEngine.IdOf(refused.Vm)}/hostdevices")).Elements(), Is.Empty);
    }

    [TestCase("<host_device/>")]
    [TestCase(null)]
    public async Task Attach_OfNothing_IsIncomplete(string? xml)
    {
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, $"vms/{RunningEngine.IdOf("vm1")}/hostdevices", xml);
        Assert.That(status, Is.EqualTo(400));
        Assert.That(body.Element("reason")?.Value, Is.EqualTo("Incomplete parameters"));
        Assert.That(body.Element("detail")?.Value, Is.EqualTo("HostDevice [id|name] required for add"));
    }

    [Test]
    public async Task Detach_OfAttachedDevice_Completes()
    {
        await Engine.AttachAsync("vm1", Device);
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Delete, $"vms/{RunningEngine.IdOf("vm1")}/hostdevices/{DeviceId}");
        Assert.That((status, body.Name.LocalName, body.Element("status")?.Value), Is.EqualTo((200, "action", "complete")));
        Assert.That((await Engine.GetXmlAsync($"vms/{RunningEngine.IdOf("vm1")}/hostdevices")).Elements(), Is.Empty);
        Assert.That((await Engine.GetXmlAsync("events")).Elements("event").First().Element("code")?.Value, Is.EqualTo("10801"));
        Assert.That((await Engine.AttachAsync("vm-no-numa", Device)).Status, Is.EqualTo(400));
    }

    [TestCase(DeviceId)]
    [TestCase("zz")]
    public async Task Detach_OfNothing_IsNotFound(string id)
    {
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Delete, $"vms/{RunningEngine.IdOf("vm1")}/hostdevices/{id}");
        Assert.That((status, body.Name.LocalName), Is.EqualTo((404, "fault")));
    }

    [Test]
    public async Task Attach_ToUnknownVm_IsNotFound() =>
        Assert.That((await Engine.SendAsync(HttpMethod.Post, "vms/none/hostdevices", $"<host_device><name>{Device}</name></host_device>")).Status, Is.EqualTo(404));

    [Test]
    public async Task Attach_OfOneDeviceByTwo_GivesItToOne()
    {
        var other = await Engine.SendAsync(
            HttpMethod.Post,
            "vms",
            $"<vm><name>rival</name><cluster><name>Default</name></cluster><placement_policy><affinity>pinned</affinity><hosts><host id='{RunningEngine.HostId(1)}'/></hosts></placement_policy></vm>");
        var rival = other.Body.Attribute("id")!.Value;
        await Engine.SendAsync(HttpMethod.Post, $"vms/{rival}/numanodes", "<vm_numa_node><index>0</index><memory>1024</memory></vm_numa_node>");
        for (var round = 0; round < 20; round++)
        {
            var body = $"<host_device id='{DeviceId}'/>";
            var both = await Task.WhenAll(
                Task.Run(() => Engine.SendAsync(HttpMethod.Post, $"vms/{RunningEngine.IdOf("vm1")}/hostdevices", body)),
                Task.Run(() => Engine.SendAsync(HttpMethod.Post, $"vms/{rival}/hostdevices", body)));
            Assert.That(both.Select(answer => answer.Status), Is.EquivalentTo(new[] { 201, 409 }));
            Assert.That(both.Single(answer => answer.Status == 409).Body.Element("detail")?.Value, Does.Contain("belongs to"));
            var winner = both[0].Status == 201 ? RunningEngine.IdOf("vm1") : rival;
            Assert.That((await Engine.SendAsync(HttpMethod.Delete, $"vms/{winner}/hostdevices/{DeviceId}")).Status, Is.EqualTo(200));
        }
    }

    public sealed record RefusedCase(string Vm, string Device, int Status, string Detail)
    {
        public override string ToString() => $"{Device} to {Vm}";
    }
}
