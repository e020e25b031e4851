using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Tests.Resources;

/// <summary>Templates, and VMs that are made of templates and snapshots: none of them comes to the NVDIMM of another VM.</summary>
public sealed class TemplateTests : EngineTests
{
    private const string Device = "namespace6.1";
    private const string Unpinned = "<placement_policy><affinity>migratable</affinity></placement_policy>";

    private static readonly string Vm1 = $"vms/{RunningEngine.IdOf("vm1")}";

    [Test]
    public async Task Template_HasTheConfigurationOfItsVm_AndTheVmsOfItHaveIt()
    {
        await Engine.SendAsync(
            HttpMethod.Put,
            Vm1,
            "<vm><comment>first</comment><memory>2147483648</memory><memory_policy><guaranteed>1073741824</guaranteed><max>4294967296</max></memory_policy><cpu><topology><sockets>2</sockets></topology></cpu></vm>");
        var template = await MakeAsync("<description>of a test</description>");
        var shown = await Engine.GetXmlAsync($"templates/{template}");
        Assert.That(
            (At(shown, "name"), At(shown, "description"), At(shown, "memory"), At(shown, "memory_policy/max"), At(shown, "cpu/topology/sockets"), At(shown, "status")),
            Is.EqualTo(("gold", "of a test", "2147483648", "4294967296", "2", "ok")));
        Assert.That(PinsOf(shown), Is.EqualTo([RunningEngine.HostId(1)]));
        Assert.That((await Engine.GetXmlAsync("templates")).Elements("template").Select(entry => At(entry, "name")), Is.EqualTo(["Blank", "gold"]));

        var vm = await AddAsync($"<template id='{template}'/>");
        vm = await Engine.GetXmlAsync($"vms/{Id(vm)}?follow=template,numa_nodes");
        Assert.That(
            (At(vm, "memory"), At(vm, "memory_policy/max"), At(vm, "memory_policy/guaranteed"), At(vm, "cpu/topology/sockets"), At(vm, "comment"), At(vm, "template/name")),
            Is.EqualTo(("2147483648", "4294967296", "1073741824", "2", "", "gold")));
        Assert.That(PinsOf(vm), Is.EqualTo([RunningEngine.HostId(1)]));
        Assert.That(vm.Element("host_numa_nodes")?.HasElements, Is.False, "neither a template nor its VMs get NUMA nodes");
    }

    /// <summary>A VM of it could never be pinned as the template is.</summary>
    [Test]
    public async Task Template_PinnedToAHostOfAnotherCluster_IsRefused()
    {
        var (status, fault, _) = await Engine.SendAsync(
            HttpMethod.Post, "templates", "<template><name>gold</name><vm><name>vm1</name></vm><cluster><name>Power</name></cluster></template>");
        Assert.That(
            (status, fault.Element("detail")?.Value),
            Is.EqualTo((409, "[Cannot add Template. VM is pinned to a specific host. The host's cluster must be the same as the selected VM cluster.]")));
        Assert.That((await Engine.GetXmlAsync("templates")).Elements("template").Select(entry => At(entry, "name")), Is.EqualTo(["Blank"]));
    }

    [Test]
    public async Task Template_IsChanged_AndItsVmsAreNot()
    {
        var template = await MakeAsync("<description>of a test</description>");
        var earlier = await AddAsync($"<template id='{template}'/>");
        var (status, changed, _) = await PutAsync(
            template,
            $"<vm><name>vm2</name></vm><name>silver</name><comment>newer</comment><memory>536870912</memory><cpu><topology><cores>3</cores></topology></cpu>{Unpinned}");
        Assert.That(status, Is.EqualTo(200), changed.ToString());
        Assert.That(XNode.DeepEquals(changed, await Engine.GetXmlAsync($"templates/{template}")), Is.True, "what it answers is what it has");
        Assert.That(
            (At(changed, "name"), At(changed, "description"), At(changed, "comment"), At(changed, "memory"), At(changed, "cpu/topology/cores")),
            Is.EqualTo(("silver", "of a test", "newer", "536870912", "3")));
        Assert.That(PinsOf(changed), Is.Empty);
        var same = await Engine.GetXmlAsync($"vms/{Id(earlier)}");
        Assert.That((At(same, "memory"), PinsOf(same).Count()), Is.EqualTo((At(earlier, "memory"), 1)));
        var later = await AddAsync("<template><name>silver</name></template>", name: "later");
        Assert.That((At(later, "memory"), At(later, "cpu/topology/cores")), Is.EqualTo(("536870912", "3")));
        var said = (await Engine.GetXmlAsync("events")).Elements("event").Select(entry => (At(entry, "code"), At(entry, "description")));
        Assert.That(said, Does.Contain(("49", "Template silver configuration was updated by admin@internal.")));
    }

    [Test]
    public async Task Blank_IsChanged()
    {
        const string Blank = "00000000-0000-0000-0000-000000000000";
        Assert.That((await PutAsync(Blank, "<comment>ours</comment>")).Status, Is.EqualTo(200));
        Assert.That(At(await Engine.GetXmlAsync($"templates/{Blank}"), "comment"), Is.EqualTo("ours"));
        var (status, fault, _) = await PutAsync(Blank, "<cluster id='5eed0001-0000-4000-8000-000000000001'/>");
        Assert.That(
            (status, fault.Element("detail")?.Value),
            Is.EqualTo((409, "[Cannot edit Template. Only Blank template and instance types can have empty bios type.]")));
    }

    [TestCase("<name>Blank</name>", 409, "[Cannot edit Template. The Template name is already in use, please choose a unique name and try again.]")]
    [TestCase("<cluster><name>Power</name></cluster>", 400, "The field 'cluster' has no id. A real engine would ignore it.")]
    [TestCase("<memory_policy><guaranteed>9663676416</guaranteed></memory_policy>", 400, "Cannot edit Template. Physical Memory Guaranteed cannot exceed Memory Size.")]
    [TestCase("<colour>red</colour>", 400, "a template has no field 'colour'")]
    [TestCase("<cluster id='nowhere'/>", 404, "nowhere")]
    public async Task Change_ThatCannotBeMade_IsAFault_AndChangesNothing(string body, int status, string detail)
    {
        var template = await MakeAsync();
        var before = await Engine.GetXmlAsync($"templates/{template}");
        var (answered, fault, _) = await PutAsync(template, body);
        Assert.That(answered, Is.EqualTo(status), fault.ToString());
        Assert.That(fault.Element("detail")?.Value, Does.Contain(detail));
        Assert.That(XNode.DeepEquals(before, await Engine.GetXmlAsync($"templates/{template}")), Is.True);
        Assert.That((await PutAsync("nobody", "<comment>x</comment>")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Vm_OfATemplate_HasTheFieldsOfTheBody()
    {
        await MakeAsync();
        var vm = await AddAsync($"<template><name>gold</name></template><memory>536870912</memory><description>own</description>{Unpinned}");
        Assert.That(
            (At(vm, "memory"), At(vm, "memory_policy/max"), At(vm, "memory_policy/guaranteed"), At(vm, "description")),
            Is.EqualTo(("536870912", "2147483648", "536870912", "own")));
        Assert.That(PinsOf(vm), Is.Empty);
    }

    [Test]
    public async Task Template_WithVms_IsNotRemoved_UnlessTheyAreIndependent()
    {
        var template = await MakeAsync();
        var vm = await AddAsync($"<template id='{template}'/>");
        Assert.That((await Engine.GetXmlAsync("vms?search=template.name%3Dgold")).Elements("vm").Select(Id), Is.EqualTo([Id(vm)]));
        Assert.That((await Engine.GetXmlAsync("templates?search=vm.name%3Dnew")).Elements("template").Select(Id), Is.EqualTo([template]));
        Assert.That(await RemoveAsync(template), Is.EqualTo((409, "[Cannot delete Template. Template is being used by the following VMs: new.]")));
        await Engine.SendAsync(HttpMethod.Delete, $"vms/{Id(vm)}");
        vm = await AddAsync($"<template id='{template}'/>", "vms?clone=true");
        Assert.That(vm.Element("template")?.Attribute("id")?.Value, Is.EqualTo("00000000-0000-0000-0000-000000000000"));
        Assert.That(await RemoveAsync(template), Is.EqualTo((200, (string?)null)));
        Assert.That((await Engine.SendAsync(HttpMethod.Get, $"templates/{template}")).Status, Is.EqualTo(404));
        Assert.That(await RemoveAsync("00000000-0000-0000-0000-000000000000"), Is.EqualTo((409, "[Cannot remove Template. Removing Blank Template is not allowed.]")));
    }

    [Test]
    public async Task Template_ThatIsProtected_IsNotRemoved()
    {
        var template = await MakeAsync("<delete_protected>true</delete_protected>");
        Assert.That(
            await RemoveAsync(template),
            Is.EqualTo((409, "[Cannot remove Template. Delete protection is enabled. In order to delete, disable Delete protection first.]")));
    }

    [TestCase("<vm id='5eed0003-0000-4000-8000-000000000006'/>", 409, "Cannot add Template. VM is locked or still running, try again once VM is in the Down state.")]
    [TestCase("<vm id='nobody'/>", 404, "Cannot find VM nobody.")]
    [TestCase("", 400, "Template [vm.id|name] required for addFromVm")]
    [TestCase("<vm><name>vm1</name></vm><version><version_name>two</version_name></version>", 400, "This development engine does not serve the field 'version' of a template.")]
    [TestCase("<vm><name>vm1</name></vm><colour>red</colour>", 400, "a template has no field 'colour'. A real engine would ignore it.")]
    [TestCase("<vm><name>vm1</name><snapshots><snapshot id='x'/></snapshots></vm>", 400, "This development engine does not serve the field 'vm.snapshots' of a template.")]
    [TestCase("<vm><name>vm1</name></vm><initialization><configuration><type>ovf</type></configuration></initialization>", 400, "this development engine imports no templates")]
    [TestCase("<vm><name>vm1</name></vm><memory>1</memory>", 400, "The memory of a VM and its maximum are whole MiB, and the maximum is not smaller.")]
    public async Task Template_ThatCannotBeMade_IsAFault(string body, int status, string detail)
    {
        var (answered, fault, _) = await PostAsync(body);
        Assert.That(answered, Is.EqualTo(status), fault.ToString());
        Assert.That(fault.Element("detail")?.Value, Does.Contain(detail));
        Assert.That((await Engine.GetXmlAsync("templates")).Elements("template").Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Template_WithATakenName_IsRefused()
    {
        await MakeAsync();
        var (status, fault, _) = await PostAsync("<vm><name>vm2</name></vm>");
        Assert.That(
            (status, fault.Element("detail")?.Value),
            Is.EqualTo((409, "[Cannot add Template. The Template name is already in use, please choose a unique name and try again.]")));
    }

    /// <summary>oVirt Engine 4.5, <c>VmDeviceUtils.canCopyHostDevices</c>: the pinning decides whether host devices are copied.</summary>
    [Test]
    public async Task Template_OfAVmWithNvdimm_IsRefused_UnlessItIsPinnedElsewhere()
    {
        await Engine.AttachAsync("vm1", Device);
        var (status, fault, _) = await PostAsync("<vm><name>vm1</name></vm>");
        Assert.That(status, Is.EqualTo(409), fault.ToString());
        Assert.That(fault.Element("detail")?.Value, Does.Contain(Device));
        var template = await MakeAsync(Unpinned);
        var vm = await AddAsync($"<template id='{template}'/><placement_policy><hosts><host id='{RunningEngine.HostId(1)}'/></hosts></placement_policy>");
        Assert.That((await Engine.GetXmlAsync($"vms/{Id(vm)}/hostdevices")).HasElements, Is.False);
    }

    /// <summary>A file of another program may have such a template.</summary>
    [Test]
    public async Task Vm_OfATemplateWithNvdimm_IsRefused_UnlessItIsPinnedElsewhere()
    {
        var template = await MakeAsync();
        Engine.App.Services.GetRequiredService<EngineDatabase>().Write(session => session.Execute(
            $$"""UPDATE templates SET configuration = json_set(configuration, '$.Devices', json('[{"Capability":"nvdimm","Name":"{{Device}}"}]')) WHERE name = 'gold'"""));
        var (status, fault, _) = await Engine.SendAsync(HttpMethod.Post, "vms", New($"<template id='{template}'/>"));
        Assert.That(status, Is.EqualTo(409), fault.ToString());
        Assert.That(fault.Element("detail")?.Value, Does.Contain(Device).And.Contain("gold"));
        var vm = await AddAsync($"<template id='{template}'/>{Unpinned}");
        Assert.That((await Engine.GetXmlAsync($"vms/{Id(vm)}/hostdevices")).HasElements, Is.False);
    }

    [Test]
    public async Task Vm_OfASnapshot_HasTheConfigurationOfThatTime()
    {
        await Engine.SendAsync(HttpMethod.Put, Vm1, "<vm><comment>then</comment></vm>");
        var snapshot = await TakeAsync();
        await Engine.SendAsync(HttpMethod.Put, Vm1, "<vm><comment>now</comment></vm>");
        var vm = await AddAsync($"<snapshots><snapshot id='{snapshot}'/></snapshots>");
        Assert.That((At(vm, "comment"), vm.Element("template")?.Attribute("id")?.Value), Is.EqualTo(("then", "00000000-0000-0000-0000-000000000000")));
        Assert.That((await Engine.GetXmlAsync($"vms/{Id(vm)}/numanodes")).Elements("vm_numa_node").Count(), Is.EqualTo(2));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, "vms", New("<snapshots><snapshot id='none'/></snapshots>", "other"))).Status, Is.EqualTo(404));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, "vms", New("<snapshots><snapshot/></snapshots>", "other"))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Vm_OfASnapshotWithNvdimm_IsRefused_UnlessItIsPinnedElsewhere()
    {
        await Engine.AttachAsync("vm1", Device);
        var snapshot = await TakeAsync();
        var (status, fault, _) = await Engine.SendAsync(HttpMethod.Post, "vms", New($"<snapshots><snapshot id='{snapshot}'/></snapshots>"));
        Assert.That(status, Is.EqualTo(409), fault.ToString());
        Assert.That(fault.Element("detail")?.Value, Does.Contain(Device));
        var vm = await AddAsync($"<snapshots><snapshot id='{snapshot}'/></snapshots>{Unpinned}");
        Assert.That((await Engine.GetXmlAsync($"vms/{Id(vm)}/hostdevices")).HasElements, Is.False);
    }

    [Test]
    public async Task Vm_PinnedToAHostOfAnotherCluster_IsRefused()
    {
        var template = await MakeAsync();
        var (status, fault, _) = await Engine.SendAsync(
            HttpMethod.Post, "vms", $"<vm><name>new</name><cluster><name>Power</name></cluster><template id='{template}'/></vm>");
        Assert.That(
            (status, fault.Element("detail")?.Value),
            Is.EqualTo((409, "[Cannot add VM. VM is pinned to a specific host. The host's cluster must be the same as the selected VM cluster.]")));
    }

    private static string New(string body, string name = "new") => $"<vm><name>{name}</name><cluster><name>Default</name></cluster>{body}</vm>";

    private static string Id(XElement entity) => entity.Attribute("id")!.Value;

    private static string? At(XElement entity, string path) => path.Split('/').Aggregate((XElement?)entity, (found, name) => found?.Element(name))?.Value;

    private static IEnumerable<string> PinsOf(XElement entity) =>
        entity.Element("placement_policy")!.Element("hosts")?.Elements("host").Select(Id) ?? [];

    private Task<(int Status, XElement Body, HttpResponseMessage Answer)> PostAsync(string body) =>
        Engine.SendAsync(HttpMethod.Post, "templates", $"<template><name>gold</name>{body}</template>");

    private async Task<string> MakeAsync(string body = "")
    {
        var (status, template, answer) = await PostAsync($"<vm id='{RunningEngine.IdOf("vm1")}'/>{body}");
        Assert.That(status, Is.EqualTo(201), template.ToString());
        Assert.That(answer.Headers.Location?.AbsolutePath, Is.EqualTo($"/ovirt-engine/api/templates/{Id(template)}"));
        return Id(template);
    }

    private Task<(int Status, XElement Body, HttpResponseMessage Answer)> PutAsync(string template, string body) =>
        Engine.SendAsync(HttpMethod.Put, $"templates/{template}", $"<template>{body}</template>");

    private async Task<XElement> AddAsync(string body, string path = "vms", string name = "new")
    {
        var (status, vm, _) = await Engine.SendAsync(HttpMethod.Post, path, New(body, name));
        Assert.That(status, Is.EqualTo(201), vm.ToString());
        return vm;
    }

    private async Task<(int Status, string? Detail)> RemoveAsync(string template)
    {
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Delete, $"templates/{template}");
        return (status, body.Element("detail")?.Value);
    }

    private async Task<string> TakeAsync()
    {
        var (status, body, _) = await Engine.SendAsync(
            HttpMethod.Post, $"{Vm1}/snapshots", "<snapshot><description>then</description><persist_memorystate>false</persist_memorystate></snapshot>");
        Assert.That(status, Is.EqualTo(201), body.ToString());
        return Id(body);
    }
}
