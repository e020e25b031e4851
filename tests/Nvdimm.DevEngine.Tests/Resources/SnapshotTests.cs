using System.Xml.Linq;

namespace Nvdimm.DevEngine.Tests.Resources;

/// <summary>Ways on which a device could come to two VMs: clones, and snapshots that a VM goes back to.</summary>
public sealed class SnapshotTests : EngineTests
{
    private const string Device = "namespace6.1";

    private static readonly string Vm1 = $"vms/{RunningEngine.IdOf("vm1")}";

    [Test]
    public async Task Clone_OfAVmWithoutNvdimm_IsAsTheVm()
    {
        await Engine.SendAsync(HttpMethod.Put, Vm1, "<vm><comment>first</comment><cpu><topology><sockets>2</sockets></topology></cpu></vm>");
        var (status, body, _) = await CloneAsync("copy");
        Assert.That((status, body.Element("status")?.Value), Is.EqualTo((200, "complete")), body.ToString());
        var copy = (await Engine.GetXmlAsync("vms?search=name%3Dcopy&follow=numa_nodes")).Elements("vm").Single();
        Assert.That(
            (copy.Element("comment")?.Value, copy.Element("cpu")?.Element("topology")?.Element("sockets")?.Value, copy.Element("status")?.Value),
            Is.EqualTo(("first", "2", "down")));
        Assert.That(copy.Element("placement_policy")?.Element("hosts")?.Elements("host").Single().Attribute("id")?.Value, Is.EqualTo(RunningEngine.HostId(1)));
        Assert.That(copy.Element("host_numa_nodes")?.Elements("vm_numa_node").Count(), Is.EqualTo(2));
        Assert.That((await CloneAsync("copy")).Status, Is.EqualTo(409), "the name is taken");
    }

    [Test]
    public async Task Clone_OfAVmWithNvdimm_IsRefused()
    {
        await Engine.AttachAsync("vm1", Device);
        var (status, body, _) = await CloneAsync("copy");
        Assert.That((status, Detail(body)), Is.EqualTo((409, Detail(body))));
        Assert.That(Detail(body), Does.Contain(Device));
        Assert.That((await Engine.GetXmlAsync("vms?search=name%3Dcopy")).HasElements, Is.False);
    }

    [Test]
    public async Task Restore_BringsTheConfigurationBack_AndItsDevices()
    {
        await Engine.AttachAsync("vm1", Device);
        var snapshot = await TakeAsync();
        await DetachAsync();
        await Engine.SendAsync(HttpMethod.Put, Vm1, "<vm><memory>536870912</memory><comment>later</comment></vm>");
        Assert.That((await ActAsync($"snapshots/{snapshot}/restore")).Status, Is.EqualTo(200));
        var vm = await Engine.GetXmlAsync($"{Vm1}?follow=host_devices");
        Assert.That((vm.Element("memory")?.Value, vm.Element("comment")?.Value), Is.EqualTo(("1073741824", "")));
        Assert.That(vm.Element("host_devices")?.Elements("host_device").Single().Element("name")?.Value, Is.EqualTo(Device));
    }

    [TestCase("snapshots/{0}/restore", "<action/>")]
    [TestCase("previewsnapshot", "<action><snapshot id='{0}'/></action>")]
    public async Task Restore_OfADeviceThatAnotherVmHasByNow_IsRefused_AndChangesNothing(string action, string body)
    {
        await Engine.AttachAsync("vm1", Device);
        var snapshot = await TakeAsync();
        await DetachAsync();
        Assert.That((await Engine.AttachAsync("vm2", Device)).Status, Is.EqualTo(201));
        var before = (await Engine.GetXmlAsync(Vm1)).ToString();
        var (status, fault, _) = await ActAsync(Filled(action, snapshot), Filled(body, snapshot));
        Assert.That(status, Is.EqualTo(409), fault.ToString());
        Assert.That(Detail(fault), Does.Contain("namespace6.1 belongs to vm2 too"));
        Assert.That((await Engine.GetXmlAsync(Vm1)).ToString(), Is.EqualTo(before));
        Assert.That((await Engine.GetXmlAsync($"{Vm1}/hostdevices")).HasElements, Is.False);
    }

    [TestCase("undosnapshot", "later", false)]
    [TestCase("commitsnapshot", "", true)]
    public async Task Preview_IsUndoneOrCommitted(string end, string comment, bool hasDevice)
    {
        await Engine.AttachAsync("vm1", Device);
        var snapshot = await TakeAsync();
        await DetachAsync();
        await Engine.SendAsync(HttpMethod.Put, Vm1, "<vm><comment>later</comment></vm>");

        var body = Filled("<action><snapshot id='{0}'/></action>", snapshot);
        Assert.That((await ActAsync("previewsnapshot", body)).Status, Is.EqualTo(200));
        Assert.That((await Engine.GetXmlAsync($"{Vm1}/hostdevices")).HasElements, Is.True);
        var (again, fault, _) = await ActAsync("previewsnapshot", body);
        Assert.That((again, Detail(fault)), Is.EqualTo((409, "[Cannot revert to Snapshot. VM is previewing a Snapshot.]")));
        Assert.That((await Engine.SendAsync(HttpMethod.Delete, $"{Vm1}/snapshots/{snapshot}")).Status, Is.EqualTo(409));

        Assert.That((await ActAsync(end)).Status, Is.EqualTo(200));
        Assert.That((await Engine.GetXmlAsync(Vm1)).Element("comment")?.Value, Is.EqualTo(comment));
        Assert.That((await Engine.GetXmlAsync($"{Vm1}/hostdevices")).HasElements, Is.EqualTo(hasDevice));
        Assert.That((await ActAsync(end)).Status, Is.EqualTo(409), "nothing is previewed any more");
        Assert.That((await Engine.SendAsync(HttpMethod.Delete, $"{Vm1}/snapshots/{snapshot}")).Status, Is.EqualTo(200));
        Assert.That((await Engine.GetXmlAsync($"{Vm1}/snapshots")).Elements("snapshot").Count(), Is.EqualTo(1));
    }

    private static string? Detail(XElement body) => body.DescendantsAndSelf("fault").Single().Element("detail")?.Value;

    private static string Filled(string text, string snapshot) => text.Replace("{0}", snapshot, StringComparison.Ordinal);

    private Task<(int Status, XElement Body, HttpResponseMessage Answer)> CloneAsync(string name) => ActAsync("clone", $"<action><vm><name>{name}</name></vm></action>");

    private Task<(int Status, XElement Body, HttpResponseMessage Answer)> ActAsync(string action, string body = "<action/>") =>
        Engine.SendAsync(HttpMethod.Post, $"{Vm1}/{action}", body);

    private Task DetachAsync() => Engine.SendAsync(HttpMethod.Delete, $"{Vm1}/hostdevices/6e616d657370616365362e31");

    private async Task<string> TakeAsync()
    {
        var (status, body, _) = await Engine.SendAsync(
            HttpMethod.Post, $"{Vm1}/snapshots", "<snapshot><description>before</description><persist_memorystate>false</persist_memorystate></snapshot>");
        Assert.That(status, Is.EqualTo(201), body.ToString());
        return body.Attribute("id")!.Value;
    }
}
