using System.Text.Json;

namespace Nvdimm.DevEngine.Tests.Resources;

/// <summary>The services beside the API, over a socket.</summary>
public sealed class HostDeviceServiceTests : EngineTests
{
    private static readonly string Host1 = RunningEngine.HostId(1);

    [Test]
    public async Task Host_HasItsRegionsToTheByte()
    {
        var host = await Engine.GetServiceAsync($"hosts/{Host1}");
        var regions = host.GetProperty("regions").EnumerateArray().ToDictionary(region => region.GetProperty("name").GetString()!, region => (
            Size: region.GetProperty("size").GetInt64(), Available: region.GetProperty("available").GetInt64(), Devices: Names(region.GetProperty("devices"))));
        Assert.That(regions["region6"], Is.EqualTo((5368709120L, 0L, "namespace6.0,namespace6.1")));
        Assert.That(regions["region3"], Is.EqualTo((402653184L, 402653184L, "")), "a region without namespaces is free memory");
        Assert.That(regions.Values.Sum(region => region.Devices.Split(',', StringSplitOptions.RemoveEmptyEntries).Length), Is.EqualTo(19));

        var power = await Engine.GetServiceAsync($"hosts/{RunningEngine.HostId(3)}");
        Assert.That(power.GetProperty("regions")[0].GetProperty("size").GetInt64(), Is.EqualTo(536870912), "regions inside of buses are found");
    }

    [TestCase("namespace4.0", "in_use_by_vm", "in use by VM vm2", 268435456)]
    [TestCase("namespace6.1", "free", "free", 1073741824)]
    [TestCase("namespace1.4", "too_small", "too small", null)]
    public async Task Host_SaysOfEachDeviceWhetherAVmCanHaveIt(string name, string state, string text, long? guest)
    {
        var device = DeviceOf(await Engine.GetServiceAsync($"hosts/{Host1}"), name);
        Assert.That((device.GetProperty("state").GetString(), device.GetProperty("state_text").GetString()), Is.EqualTo((state, text)));
        var layout = device.GetProperty("layout");
        Assert.That(layout.ValueKind == JsonValueKind.Null ? (long?)null : layout.GetProperty("guest_size").GetInt64(), Is.EqualTo(guest));
    }

    [Test]
    public async Task Host_OrdersDevicesAsPeopleCount() => Assert.That(
        Names((await Engine.GetServiceAsync($"hosts/{Host1}")).GetProperty("categories")[0].GetProperty("devices"), "name"),
        Does.StartWith("namespace0.0,namespace1.0,namespace1.1,"));

    [Test]
    public async Task Device_HasItsLayoutWithoutGaps_ItsXml_AndItsHistory()
    {
        await Engine.AttachAsync("vm1", "namespace6.1");
        var answer = await Engine.GetServiceAsync($"hosts/{Host1}/devices/namespace6.1");
        var areas = answer.GetProperty("device").GetProperty("layout").GetProperty("areas").EnumerateArray()
            .Select(area => (
                Name: area.GetProperty("name").GetString(),
                Offset: area.GetProperty("offset").GetInt64(),
                Size: area.GetProperty("size").GetInt64()))
            .ToList();
        Assert.That(areas.Select(area => area.Name), Is.EqualTo(new[] { "guest", "padding", "label" }));
        for (var index = 1; index < areas.Count; index++)
        {
            Assert.That(areas[index].Offset, Is.EqualTo(areas[index - 1].Offset + areas[index - 1].Size));
        }

        Assert.That(areas[^1].Offset + areas[^1].Size, Is.EqualTo(answer.GetProperty("device").GetProperty("size").GetInt64()));
        Assert.That(answer.GetProperty("xml").GetString(), Does.Contain("<memory model=\"nvdimm\"").And.Contain("/dev/dax6.1"));
        Assert.That(
            answer.GetProperty("events")[0].GetProperty("description").GetString(),
            Is.EqualTo("Host devices namespace6.1 were attached to Vm vm1 by User admin@internal."));
    }

    [Test]
    public async Task Device_SaysWhereItCanGo_AndWhyNot()
    {
        var places = (await Engine.GetServiceAsync($"hosts/{Host1}/devices/namespace6.1")).GetProperty("places").EnumerateArray()
            .ToDictionary(place => place.GetProperty("vm").GetProperty("name").GetString()!, place => place);
        Assert.That(places["vm1"].GetProperty("is_allowed").GetBoolean(), Is.True);
        Assert.That(Messages(places["vm-unpinned"]), Does.Contain("Cannot add Host devices. VM must be pinned to a host."));
        foreach (var other in new[] { "vm-unpinned", "vm-two-hosts", "vm-no-numa", "vm-locked", "vm-host2", "vm-power" })
        {
            Assert.That(places[other].GetProperty("is_allowed").GetBoolean(), Is.False, other);
            Assert.That(Messages(places[other]), Is.Not.Empty, other);
        }
    }

    [Test]
    public async Task Device_ThatTheHostHasNot_IsAFault()
    {
        using var answer = await Engine.Client.GetAsync(new Uri($"/ovirt-engine/services/host-devices/hosts/{Host1}/devices/namespace99.0", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("namespace99.0"));
    }

    [Test]
    public async Task Vm_SaysWhatADetachAndAStartWouldMean()
    {
        var vm = await Engine.GetServiceAsync($"vms/{RunningEngine.IdOf("vm2")}");
        Assert.That(vm.GetProperty("host").GetProperty("name").GetString(), Is.EqualTo("host1"));
        var device = vm.GetProperty("devices").EnumerateArray().Single();
        Assert.That(device.GetProperty("detach").GetProperty("is_allowed").GetBoolean(), Is.True);
        Assert.That(device.GetProperty("device").GetProperty("layout").GetProperty("guest_size").GetInt64(), Is.EqualTo(268435456));
        Assert.That(vm.GetProperty("start").GetProperty("is_allowed").GetBoolean(), Is.True);
        Assert.That(vm.GetProperty("pin_choices").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Vm_WithoutOneHost_GetsTheHostsOfItsClusterToBePinnedTo()
    {
        foreach (var name in new[] { "vm-unpinned", "vm-two-hosts" })
        {
            var vm = await Engine.GetServiceAsync($"vms/{RunningEngine.IdOf(name)}");
            Assert.That(vm.GetProperty("host").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(Names(vm.GetProperty("pin_choices"), "name"), Is.EqualTo("host1,host2"));
            var choices = await Engine.GetServiceAsync($"vms/{RunningEngine.IdOf(name)}/choices");
            Assert.That(choices.GetProperty("devices").GetArrayLength(), Is.Zero);
        }
    }

    [TestCase("vm1", true, "")]
    [TestCase("vm-no-numa", false, "VM_NVDIMM_NUMA_UNAVAILABLE")]
    [TestCase("vm-locked", false, "ACTION_TYPE_FAILED_VM_STATUS_ILLEGAL")]
    public async Task Choices_SayWhatIsWrongWithTheVmApartFromWhatIsWrongWithDevices(string name, bool isAllowed, string codes)
    {
        var choices = await Engine.GetServiceAsync($"vms/{RunningEngine.IdOf(name)}/choices");
        Assert.That(Names(choices.GetProperty("own"), "code"), Is.EqualTo(codes));
        Assert.That(choices.GetProperty("devices").GetArrayLength(), Is.EqualTo(19));
        Assert.That(choices.GetProperty("devices").EnumerateArray().Any(choice => choice.GetProperty("is_allowed").GetBoolean()), Is.EqualTo(isAllowed));
    }

    [Test]
    public async Task Preview_OfSeveral_IsOfAllTogether()
    {
        var preview = await Engine.GetServiceAsync($"vms/{RunningEngine.IdOf("vm1")}/preview?device=namespace6.0&device=namespace0.0");
        Assert.That(Names(preview.GetProperty("devices"), "name"), Is.EqualTo("namespace6.0,namespace0.0"));
        var refused = await Engine.GetServiceAsync($"vms/{RunningEngine.IdOf("vm1")}/preview?device=namespace0.0&device=namespace1.4");
        Assert.That(refused.GetProperty("is_allowed").GetBoolean(), Is.False, "one that is too small refuses both");
    }

    private static JsonElement DeviceOf(JsonElement host, string name) =>
        host.GetProperty("categories")[0].GetProperty("devices").EnumerateArray().Single(device => device.GetProperty("name").GetString() == name);

    private static string Names(JsonElement items, string? property = null) =>
        string.Join(',', items.EnumerateArray().Select(item => (property is null ? item : item.GetProperty(property)).GetString()));

    private static string Messages(JsonElement place) =>
        string.Join(' ', place.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("message").GetString()));
}
