using System.Xml.Linq;
using Nvdimm.DevEngine.Fields;

namespace Nvdimm.DevEngine.Tests.Resources;

/// <summary>Every field that the API's model has is read, kept, ignored as the engine does, or refused; none is dropped in silence.</summary>
public sealed class VmFieldTests : EngineTests
{
    private static readonly string Vm1 = $"vms/{RunningEngine.IdOf("vm1")}";

    private static readonly Dictionary<string, FieldTable> Tables = new(StringComparer.Ordinal)
    {
        ["vm"] = VmFields.Table,
        ["tag"] = BodyFields.Tag,
        ["event"] = BodyFields.Event,
        ["snapshot"] = BodyFields.Snapshot,
        ["virtual_numa_node"] = BodyFields.NumaNode,
        ["host_device"] = BodyFields.HostDevice,
    };

    private static IEnumerable<string> Model => TestFiles.Text("engine", "api-model.txt").Split('\n').Where(line => line.Length > 0 && line[0] != '#');

    private static List<(string Path, string Value)> KeptFields =>
    [
        .. VmFields.Table.Rules
            .Where(rule => rule is { Use: FieldUse.Kept, Check: not null })
            .Select(rule => (rule.Path, Candidates(rule).First(value => rule.Check!(value) is null && value != rule.Default))),
    ];

    [TestCase("vm")]
    [TestCase("tag")]
    [TestCase("event")]
    [TestCase("virtual_numa_node")]
    [TestCase("host_device")]
    public void Model_HasNoFieldThatTheTableDoesNotKnow(string type)
    {
        var fields = Model.Where(line => line.StartsWith($"{type}.", StringComparison.Ordinal)).Select(line => line[(type.Length + 1)..]).ToList();
        Assert.That(fields, Is.Not.Empty);
        Assert.That(fields.Where(field => !Tables[type].Knows(field)), Is.Empty);
    }

    /// <summary>A snapshot is a VM, too; of these fields none can be sent with one.</summary>
    [Test]
    public void Model_OfASnapshot_HasItsOwnFieldsInTheTable() => Assert.That(
        Model.Where(line => line.StartsWith("snapshot.", StringComparison.Ordinal)).Select(line => line["snapshot.".Length..].Split('.')[0]).Distinct()
            .Where(field => !BodyFields.Snapshot.Knows(field) && !VmFields.Table.Knows(field)),
        Is.Empty);

    [Test]
    public void Table_HasNoKeptFieldThatTheModelDoesNotHave()
    {
        var model = Model.Where(line => line.StartsWith("vm.", StringComparison.Ordinal)).Select(line => line["vm.".Length..]).ToList();
        Assert.That(
            VmFields.Table.Rules.Where(rule => rule.Use != FieldUse.Ignored)
                .Where(rule => !model.Exists(field => field == rule.Path || field.StartsWith($"{rule.Path}.", StringComparison.Ordinal) || rule.Path.StartsWith($"{field}.", StringComparison.Ordinal)))
                .Select(rule => rule.Path),
            Is.Empty);
    }

    [Test]
    public async Task EachField_IsKept_AndASecondTimeNothingChanges()
    {
        var kept = KeptFields;
        Assert.That(kept, Has.Count.GreaterThan(50));
        foreach (var (path, value) in kept)
        {
            var (status, body, _) = await Engine.SendAsync(HttpMethod.Put, Vm1, Wrapped(path, value));
            Assert.That(status, Is.EqualTo(200), $"{path}: {body}");
            var shown = await Engine.GetXmlAsync(Vm1);
            Assert.That(At(shown, path), Is.EqualTo(value), path);
            Assert.That((await Engine.SendAsync(HttpMethod.Put, Vm1, Wrapped(path, value))).Status, Is.EqualTo(200), path);
            Assert.That((await Engine.GetXmlAsync(Vm1)).ToString(), Is.EqualTo(shown.ToString()), path);
        }
    }

    /// <summary>Clients read a VM, change one thing and send all of it back.</summary>
    [Test]
    public async Task WholeVm_SentBack_ChangesNothing()
    {
        await Engine.SendAsync(HttpMethod.Put, Vm1, Many);
        var shown = await Engine.GetXmlAsync(Vm1);
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Put, Vm1, shown.ToString());
        Assert.That(status, Is.EqualTo(200), body.ToString());
        Assert.That((await Engine.GetXmlAsync(Vm1)).ToString(), Is.EqualTo(shown.ToString()));
    }

    [Test]
    public async Task FieldsWithOthersInside_AreKeptAsTheyWereSent()
    {
        await Engine.SendAsync(HttpMethod.Put, Vm1, Many);
        var vm = await Engine.GetXmlAsync(Vm1);
        Assert.That(
            vm.Element("custom_properties")!.Elements("custom_property").Select(property => $"{property.Element("name")?.Value}={property.Element("value")?.Value}"),
            Is.EqualTo(new[] { "nvdimm=namespace0.0", "hugepages=1048576" }));
        Assert.That(vm.Element("os")!.Element("boot")!.Element("devices")!.Elements("device").Select(device => device.Value), Is.EqualTo(new[] { "network", "hd" }));
        Assert.That(vm.ToString(), Does.Contain("<host_name>db1</host_name>").And.Not.Contain("root_password").And.Not.Contain("geheim"));
        var json = await Engine.GetJsonAsync(Vm1);
        Assert.That(json.GetProperty("custom_properties").GetProperty("custom_property")[1].GetProperty("value").GetString(), Is.EqualTo("1048576"));
    }

    [Test]
    public async Task Properties_SentWithoutAny_AreGone()
    {
        await Engine.SendAsync(HttpMethod.Put, Vm1, Many);
        Assert.That((await Engine.SendAsync(HttpMethod.Put, Vm1, "<vm><custom_properties/></vm>")).Status, Is.EqualTo(200));
        Assert.That((await Engine.GetXmlAsync(Vm1)).Element("custom_properties"), Is.Null);
    }

    [Test]
    public async Task Vm_MadeWithFields_HasThem()
    {
        var (status, vm, _) = await Engine.SendAsync(
            HttpMethod.Post,
            "vms",
            "<vm><name>made</name><cluster><name>Default</name></cluster><cpu><topology><sockets>2</sockets><cores>3</cores></topology></cpu><comment>of a test</comment></vm>");
        Assert.That(status, Is.EqualTo(201), vm.ToString());
        Assert.That((At(vm, "cpu.topology.sockets"), At(vm, "cpu.topology.cores"), At(vm, "cpu.topology.threads"), At(vm, "comment")), Is.EqualTo(("2", "3", "1", "of a test")));
    }

    [TestCase("<vm><payloads><payload/></payloads></vm>", "This development engine does not serve the field 'payloads' of a VM.")]
    [TestCase("<vm><colour>red</colour></vm>", "a VM has no field 'colour'. A real engine would ignore it.")]
    [TestCase("<vm><cpu><topologie/></cpu></vm>", "a VM has no field 'cpu.topologie'. A real engine would ignore it.")]
    [TestCase("<vm><bios><type>coreboot</type></bios></vm>", "The field 'bios.type' of a VM is 'coreboot', none of q35_sea_bios")]
    [TestCase("<vm><cpu><topology><cores>0</cores></topology></cpu></vm>", "The field 'cpu.topology.cores' of a VM is '0', no whole number from 1 to 2147483647.")]
    [TestCase("<vm><cpu><topology><cores>2147483647</cores><sockets>2147483647</sockets></topology></cpu></vm>", "Cannot edit VM. Maximum number of CPUs exceeded.")]
    [TestCase("<vm><memory_policy><guaranteed>2147483648</guaranteed></memory_policy></vm>", "Cannot edit VM. Physical Memory Guaranteed cannot exceed Memory Size.")]
    [TestCase("<vm><delete_protected>maybe</delete_protected></vm>", "The field 'delete_protected' of a VM is 'maybe', neither true nor false.")]
    [TestCase("<host><name>x</name></host>", "The body is a 'host', not a 'vm'.")]
    public async Task Field_ThatIsNotTaken_IsAFault_AndNothingChanges(string xml, string detail)
    {
        var before = await Engine.GetXmlAsync(Vm1);
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Put, Vm1, xml);
        Assert.That((status, body.Element("detail")?.Value), Is.EqualTo((400, body.Element("detail")?.Value)));
        Assert.That(body.Element("detail")?.Value, Does.Contain(detail));
        Assert.That((await Engine.GetXmlAsync(Vm1)).ToString(), Is.EqualTo(before.ToString()));
    }

    [Test]
    public async Task Vm_ThatIsProtected_IsNotRemoved()
    {
        await Engine.SendAsync(HttpMethod.Put, Vm1, "<vm><delete_protected>true</delete_protected></vm>");
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Delete, Vm1);
        Assert.That(
            (status, body.Element("detail")?.Value),
            Is.EqualTo((409, "[Cannot remove VM. Delete protection is enabled. In order to delete, disable Delete protection first.]")));
        await Engine.SendAsync(HttpMethod.Put, Vm1, "<vm><delete_protected>false</delete_protected></vm>");
        Assert.That((await Engine.SendAsync(HttpMethod.Delete, Vm1)).Status, Is.EqualTo(200));
    }

    /// <summary>oVirt Engine 4.5, <c>VmBaseMapper</c>: a placement policy replaces the hosts, also by none.</summary>
    [Test]
    public async Task PlacementPolicy_WithoutHosts_EndsThePinning()
    {
        await Engine.SendAsync(HttpMethod.Put, Vm1, "<vm><placement_policy><affinity>migratable</affinity></placement_policy></vm>");
        Assert.That((await Engine.GetXmlAsync(Vm1)).Element("placement_policy")?.Element("hosts"), Is.Null);
    }

    private const string Many = """
        <vm><custom_properties><custom_property><name>nvdimm</name><value>namespace0.0</value></custom_property>
        <custom_property><name>hugepages</name><value>1048576</value></custom_property></custom_properties>
        <os><type>rhel_9x64</type><boot><devices><device>network</device><device>hd</device></devices></boot></os>
        <initialization><host_name>db1</host_name><root_password>geheim</root_password></initialization>
        <cpu><topology><sockets>2</sockets></topology></cpu><high_availability><enabled>true</enabled><priority>50</priority></high_availability></vm>
        """;

    private static IEnumerable<string> Candidates(FieldRule rule)
    {
        string[] words =
        [
            "true", "false", "2", $"{512L << 20}", "desktop", "host_passthrough", "dedicated", "existing", "q35_ovmf", "spice", "virtio", "native", "vm",
            "leave_paused", "strict", "auto",
        ];
        return rule.Check!("some text") is null ? ["some text"] : words;
    }

    private static string Wrapped(string path, string value)
    {
        var inner = new XElement(path.Split('.')[^1], value);
        return new XElement("vm", path.Split('.')[..^1].Reverse().Aggregate(inner, (inside, name) => new XElement(name, inside))).ToString();
    }

    private static string? At(XElement entity, string path) => path.Split('.').Aggregate((XElement?)entity, (found, name) => found?.Element(name))?.Value;
}
