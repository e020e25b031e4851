using System.Xml.Linq;

namespace Nvdimm.DevEngine.Tests.Resources;

/// <summary>
/// VMs from an OVF, as the engine writes it (oVirt Engine 4.5, <c>OvfWriter</c>). Its host devices are those of the VM that was exported, so
/// an import is a way on which a device could come to two VMs.
/// </summary>
public sealed class ImportTests : EngineTests
{
    private const string Exported = "0badc0de-0000-4000-8000-000000000001";
    private const string Device = "namespace6.1";
    private const string OtherHost = "5eed0002-0000-4000-8000-0000000000ff";

    [Test]
    public async Task Vm_OfAnOvf_HasWhatTheOvfHas_AndItsHostDevices()
    {
        var (status, vm, answer) = await ImportAsync(Ovf(Host(1)));
        Assert.That(status, Is.EqualTo(201), vm.ToString());
        Assert.That(answer.Headers.Location?.AbsolutePath, Is.EqualTo($"/ovirt-engine/api/vms/{Exported}"));
        vm = await Engine.GetXmlAsync($"vms/{Exported}?follow=host_devices,numa_nodes");
        (string Path, string Value)[] expected =
        [
            ("name", "exported"), ("description", "a copy"), ("comment", "of the test"), ("memory", $"{1L << 30}"), ("memory_policy/max", $"{4L << 30}"),
            ("memory_policy/guaranteed", $"{512L << 20}"), ("memory_policy/ballooning", "false"), ("type", "server"), ("os/type", "rhel_9x64"),
            ("os/boot/devices/device", "network"), ("bios/type", "q35_ovmf"), ("cpu/topology/sockets", "2"), ("cpu/topology/cores", "1"),
            ("cpu/mode", "host_passthrough"), ("high_availability/priority", "50"), ("placement_policy/affinity", "pinned"), ("io/threads", "1"),
            ("display/type", "vnc"), ("display/video_type", "vga"), ("usb/enabled", "false"), ("soundcard_enabled", "true"), ("rng_device/source", "urandom"),
            ("storage_error_resume_behaviour", "kill"), ("sso/methods/method/id", "guest_agent"), ("initialization/host_name", "db1"),
            ("custom_properties/custom_property/name", "nvdimm"), ("numa_tune_mode", "strict"), ("custom_compatibility_version/minor", "7"),
        ];
        Assert.That(expected.Select(field => (field.Path, At(vm, field.Path))), Is.EqualTo(expected));
        Assert.That(vm.Element("custom_properties")!.Elements("custom_property").Count(), Is.EqualTo(2));
        Assert.That(PinsOf(vm), Is.EqualTo([RunningEngine.HostId(1)]));
        Assert.That(DevicesOf(vm), Is.EqualTo([Device]));
        Assert.That(vm.Element("host_numa_nodes")!.Elements("vm_numa_node").Select(node => (At(node, "index"), At(node, "memory"))), Is.EqualTo([("0", "512"), ("1", "512")]));
        Assert.That(vm.ToString(), Does.Not.Contain("geheim"));
        Assert.That((await Engine.GetXmlAsync("events?max=1")).Elements("event").Select(entry => (At(entry, "code"), At(entry, "description"))), Is.EqualTo([("1152", "Vm exported was imported successfully to Data Center Default, Cluster Default")]));
    }

    /// <summary>The engine shares the device in silence (<c>VmDeviceUtils.addImportedOtherDevices</c>); the rules of an import refuse.</summary>
    [Test]
    public async Task Device_ThatAnotherVmHas_IsRefused_AndNothingIsImported()
    {
        Assert.That((await Engine.AttachAsync("vm1", Device)).Status, Is.EqualTo(201));
        var (status, fault, _) = await ImportAsync(Ovf(Host(1)));
        Assert.That(status, Is.EqualTo(409), fault.ToString());
        Assert.That(fault.Element("detail")?.Value, Does.Contain($"{Device} belongs to vm1 too"));
        Assert.That((await Engine.SendAsync(HttpMethod.Get, $"vms/{Exported}")).Status, Is.EqualTo(404));
        Assert.That((await Engine.GetXmlAsync("vms?search=name%3Dexported")).HasElements, Is.False);
    }

    /// <summary>The same VM twice, under a new id: the first has the device.</summary>
    [Test]
    public async Task SecondImport_IsRefused()
    {
        Assert.That((await ImportAsync(Ovf(Host(1)))).Status, Is.EqualTo(201));
        var (status, fault, _) = await ImportAsync(Ovf(Host(1)));
        Assert.That(
            (status, fault.Element("detail")?.Value),
            Is.EqualTo((409, "[Import VM failed - VM ID already exists in the system. Please remove the VM (exported) from the system first]")));
        const string NewId = "<regenerate_ids>true</regenerate_ids>";
        (status, fault, _) = await ImportAsync(Ovf(Host(1)), initialization: NewId);
        Assert.That(
            (status, fault.Element("detail")?.Value),
            Is.EqualTo((409, "[Import VM failed - VM Name already exists in the Data Center. Please rename the VM in the Data Center first]")));
        (status, fault, _) = await ImportAsync(Ovf(Host(1)), "<name>again</name>", NewId);
        Assert.That(status, Is.EqualTo(409), fault.ToString());
        Assert.That(fault.Element("detail")?.Value, Does.Contain($"{Device} belongs to exported too"));
        var (unpinned, vm, _) = await ImportAsync(Ovf(Host(1)), "<name>again</name><placement_policy><affinity>migratable</affinity></placement_policy>", NewId);
        Assert.That((unpinned, At(vm, "name")), Is.EqualTo((201, "again")), vm.ToString());
        Assert.That(vm.Attribute("id")?.Value, Is.Not.EqualTo(Exported));
        Assert.That((await Engine.GetXmlAsync($"vms/{vm.Attribute("id")?.Value}/hostdevices")).HasElements, Is.False);
    }

    /// <summary>
    /// oVirt Engine 4.5, <c>ImportVmCommandBase.addVmStatic</c>: a host that does not exist in the cluster ends the pinning, and with it go the
    /// host devices. So do those of a VM that is pinned to several hosts, or to none.
    /// </summary>
    [Test]
    public async Task HostDevices_StayOnlyIfTheVmIsPinnedToOneHostOfTheCluster()
    {
        foreach (var (pins, kept) in new[]
        {
            ("", ""), ($"<DedicatedVmForVds>{OtherHost}</DedicatedVmForVds>", ""), ($"{Host(1)}<DedicatedVmForVds>{OtherHost}</DedicatedVmForVds>", ""),
            (Host(3), ""), ($"{Host(1)}{Host(2)}", $"{RunningEngine.HostId(1)},{RunningEngine.HostId(2)}"),
        })
        {
            var (status, vm, _) = await ImportAsync(Ovf(pins));
            Assert.That(status, Is.EqualTo(201), vm.ToString());
            Assert.That((string.Join(',', PinsOf(vm)), (await Engine.GetXmlAsync($"vms/{Exported}/hostdevices")).HasElements), Is.EqualTo((kept, false)), pins);
            Assert.That((await Engine.SendAsync(HttpMethod.Delete, $"vms/{Exported}")).Status, Is.EqualTo(200));
        }
    }

    /// <summary>The engine keeps the name of a device that the host does not have; the VM does not start with it.</summary>
    [Test]
    public async Task Device_ThatTheHostDoesNotHave_IsKept_AndStopsTheStart()
    {
        Assert.That((await ImportAsync(Ovf(Host(1)).Replace(Device, "namespace99.0", StringComparison.Ordinal))).Status, Is.EqualTo(201));
        Assert.That(DevicesOf(await Engine.GetXmlAsync($"vms/{Exported}?follow=host_devices")), Is.EqualTo(["namespace99.0"]));
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, $"vms/{Exported}/start", "<action/>");
        Assert.That(status, Is.EqualTo(409));
        Assert.That(body.Descendants("detail").Single().Value, Does.Contain("namespace99.0").Or.Contain("host devices"));
    }

    [Test]
    public async Task FieldsOfTheBody_ReplaceThoseOfTheOvf()
    {
        var (status, vm, _) = await ImportAsync(Ovf(Host(1)), "<name>renamed</name><comment>own</comment><cpu><topology><sockets>4</sockets></topology></cpu>");
        Assert.That(status, Is.EqualTo(201), vm.ToString());
        Assert.That((At(vm, "name"), At(vm, "comment"), At(vm, "cpu/topology/sockets"), At(vm, "description")), Is.EqualTo(("renamed", "own", "4", "a copy")));
    }

    [TestCase("<Generation>2</Generation>", "<LeaseDomainId>x</LeaseDomainId>", "This development engine does not import the OVF's element LeaseDomainId.")]
    [TestCase("<Type>sound</Type>", "<Type>watchdog</Type>", "This development engine does not import the OVF's element Item of type watchdog, ich6.")]
    [TestCase("<Type>hostdev</Type>", "<Type>mdev</Type>", "This development engine does not import the OVF's element Item of type mdev, namespace6.1.")]
    [TestCase("<rasd:ResourceType>23<", "<rasd:ResourceType>17<", "This development engine does not import the OVF's element Item of type 17.")]
    [TestCase("<References/>", "<References><File ovf:id='a' ovf:href='b'/></References>", "This development engine does not import the OVF's element File.")]
    [TestCase("<References/>", "<References/><References><File ovf:id='a' ovf:href='b'/></References>", "failed to parse a given ovf configuration References stands twice")]
    [TestCase("<Content ", "<Section><Disk/></Section><Content ", "This development engine does not import the OVF's element Disk.")]
    [TestCase("<Info>List of Virtual Disks</Info>", "<Disk ovf:diskId='x' ovf:size='10'/>", "This development engine does not import the OVF's element Disk.")]
    [TestCase("<Info>2 CPU, 1024 Memory</Info>", "<Disk/>", "This development engine does not import the OVF's element Disk.")]
    [TestCase("ovf:SnapshotsSection_Type", "ovf:Bogus_Type", "This development engine does not import the OVF's element Snapshot.")]
    [TestCase("ovf:SnapshotsSection_Type", "ovf:VirtualHardwareSection_Type", "failed to parse a given ovf configuration the section ovf:VirtualHardwareSection_Type stands twice")]
    [TestCase("<Name>exported</Name>", "<Name>exported</Name><Name>again</Name>", "failed to parse a given ovf configuration Name stands twice")]
    [TestCase("<rasd:ResourceType>23<", "<rasd:ResourceType>4<", "failed to parse a given ovf configuration the memory stands twice")]
    [TestCase("<VirtioScsiMultiQueuesEnabled>false", "<VirtioScsiMultiQueuesEnabled ovf:queues='4'>true", "This development engine does not import the OVF's element VirtioScsiMultiQueuesEnabled/queues.")]
    [TestCase("<DefaultDisplayType>2<", "<DefaultDisplayType>4<", "This development engine does not import the OVF's element DefaultDisplayType none.")]
    [TestCase("<Device>namespace6.1</Device>", "<Device>a&#x202E;b</Device>", "failed to parse a given ovf configuration a host device has no name, or one that is long or not plain")]
    [TestCase("<Priority>50<", "<DedicatedVmForVds>host1</DedicatedVmForVds><Priority>50<", "failed to parse a given ovf configuration the id of a host is 'host1'")]
    [TestCase("<VmType>1<", "<VmType>9<", "failed to parse a given ovf configuration VmType is '9'")]
    [TestCase("<Priority>50<", "<Priority>high<", "The field 'high_availability.priority' of a VM is 'high', no whole number")]
    [TestCase("<rasd:VirtualQuantity>1024<", "<rasd:VirtualQuantity>99999999999999999<", "failed to parse a given ovf configuration the memory has no size in MiB")]
    [TestCase("<MemTotal>512</MemTotal><NumaTuneMode>", "<MemTotal>0</MemTotal><NumaTuneMode>", "Every Virtual NUMA node has memory.")]
    [TestCase("<Index>1<", "<Index>7<", "failed to parse a given ovf configuration there is no NUMA node 1")]
    [TestCase("<cpuIdList>1<", "<cpuIdList>0<", "Each vCPU belongs to one Virtual NUMA node at most.")]
    [TestCase("<cpuIdList>1<", "<cpuIdList>x<", "failed to parse a given ovf configuration a list of numbers is 'x'")]
    [TestCase("<Device>namespace6.1</Device>", "<Device/>", "failed to parse a given ovf configuration a host device has no name, or one that is long or not plain")]
    [TestCase(Exported, "one", "failed to parse a given ovf configuration the id of the VM is 'one'")]
    [TestCase("<Content ", "<Contents ", "failed to parse a given ovf configuration")]
    [TestCase("<?xml version='1.0'?>", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "failed to parse a given ovf configuration")]
    public async Task Ovf_ThatCannotBeKept_IsAFault_AndNothingIsImported(string from, string to, string detail)
    {
        var ovf = Ovf(Host(1));
        Assert.That(ovf, Does.Contain(from));
        var (status, fault, _) = await ImportAsync(ovf.Replace(from, to, StringComparison.Ordinal));
        Assert.That(status, Is.EqualTo(400), fault.ToString());
        Assert.That(fault.Element("detail")?.Value, Does.Contain(detail));
        Assert.That((await Engine.GetXmlAsync("vms?search=name%3Dexported")).HasElements, Is.False);
    }

    [TestCase("<Description>rhel_9x64</Description>", "<Description>rhel_9_ppc64</Description>", "[Cannot import VM. The selected cluster doesn't support VM architecture]")]
    [TestCase("<Description>rhel_9x64</Description>", "", "[Cannot import VM. The selected VM has undefined architecture]")]
    public async Task Ovf_OfAnotherArchitecture_IsRefused(string from, string to, string detail)
    {
        var (status, fault, _) = await ImportAsync(Ovf(Host(1)).Replace(from, to, StringComparison.Ordinal));
        Assert.That((status, fault.Element("detail")?.Value), Is.EqualTo((409, detail)));
    }

    [TestCase("<configuration><type>ova</type><data>x</data></configuration>", "imports configurations of the type ovf, not of 'ova'")]
    [TestCase("<configuration><type>ovf</type></configuration>", "initialization.configuration.data")]
    [TestCase("<configuration><type>ovf</type><data>no XML</data></configuration>", "failed to parse a given ovf configuration")]
    [TestCase("<configuration><type>ovf</type><data>x</data></configuration><host_name>db2</host_name>", "With a configuration the field 'initialization.host_name' cannot be sent")]
    public async Task Configuration_ThatIsNone_IsAFault(string initialization, string detail)
    {
        var (status, fault, _) = await Engine.SendAsync(
            HttpMethod.Post, "vms", $"<vm><cluster><name>Default</name></cluster><initialization>{initialization}</initialization></vm>");
        Assert.That(status, Is.EqualTo(400), fault.ToString());
        Assert.That(fault.Element("detail")?.Value, Does.Contain(detail));
    }

    [Test]
    public async Task Ovf_ThatIsNestedDeep_IsAFault()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 20_000)) + string.Concat(Enumerable.Repeat("</a>", 20_000));
        var (status, fault, _) = await ImportAsync($"<Envelope>{deep}</Envelope>");
        Assert.That((status, fault.Element("detail")?.Value), Is.EqualTo((400, "The XML is nested deeper than 32 levels.")));
    }

    /// <summary>Each list of an OVF is bounded: an import holds the lock of all writers.</summary>
    [Test]
    public async Task Ovf_WithLongLists_IsAFault()
    {
        var nodes = string.Concat(Enumerable.Range(0, 129).Select(Node));
        foreach (var (from, to, detail) in new[]
        {
            ($"{Node(0)}{Node(1)}", nodes, "there are more than 128 NUMA nodes"),
            ("owner=db;", string.Concat(Enumerable.Repeat("a=b;", 1001)), "the custom properties have more than 4000 characters"),
        })
        {
            var (status, fault, _) = await ImportAsync(Ovf(Host(1)).Replace(from, to, StringComparison.Ordinal));
            Assert.That((status, fault.Element("detail")?.Value), Is.EqualTo((400, $"[failed to parse a given ovf configuration {detail}]")));
        }
    }

    [TestCase("<disk_attachments><disk_attachment><disk id=\"x\"/></disk_attachment></disk_attachments>", "", 404)]
    [TestCase("<snapshots><snapshot id=\"x\"/></snapshots>", "", 400)]
    [TestCase("", "<configuration><type>ovf</type><data>x</data></configuration>", 400)]
    public async Task Import_WithASecondSource_IsRefused(string body, string initialization, int expected)
    {
        var (status, fault, _) = await ImportAsync(Ovf(Host(1)), body, initialization);
        Assert.That(status, Is.EqualTo(expected), fault.ToString());
    }

    [Test]
    public async Task IdOfATemplate_IsRefused()
    {
        var (status, fault, _) = await ImportAsync(Ovf(Host(1)).Replace(Exported, "00000000-0000-0000-0000-000000000000", StringComparison.Ordinal));
        Assert.That((status, fault.Element("detail")?.Value), Is.EqualTo((409, "[Import VM failed - the id of the VM is that of the template Blank]")));
    }

    /// <summary>The OVF of another engine may write the id of a host in capital letters.</summary>
    [Test]
    public async Task IdOfAHost_IsReadWhateverItsCase()
    {
        var (status, vm, _) = await ImportAsync(Ovf(Host(1).ToUpperInvariant().Replace("DEDICATEDVMFORVDS", "DedicatedVmForVds", StringComparison.Ordinal)));
        Assert.That(status, Is.EqualTo(201), vm.ToString());
        Assert.That(PinsOf(vm), Is.EqualTo([RunningEngine.HostId(1)]));
    }

    [Test]
    public async Task Configuration_InAChangeOfAVm_IsRefused()
    {
        var (status, fault, _) = await Engine.SendAsync(
            HttpMethod.Put,
            $"vms/{RunningEngine.IdOf("vm1")}",
            "<vm><initialization><configuration><type>ovf</type><data>x</data></configuration></initialization></vm>");
        Assert.That((status, fault.Element("detail")?.Value), Is.EqualTo((400, "[The field 'initialization.configuration' creates a VM; it cannot change one.]")));
    }

    private static string Host(int number) => $"<DedicatedVmForVds>{RunningEngine.HostId(number)}</DedicatedVmForVds>";

    private static string? At(XElement entity, string path) => path.Split('/').Aggregate((XElement?)entity, (found, name) => found?.Element(name))?.Value;

    private static IEnumerable<string> PinsOf(XElement vm) =>
        vm.Element("placement_policy")!.Element("hosts")?.Elements("host").Select(host => host.Attribute("id")!.Value) ?? [];

    private static IEnumerable<string?> DevicesOf(XElement vm) => vm.Element("host_devices")!.Elements("host_device").Select(device => At(device, "name"));

    private static string Item(string type, string device, string more = "") =>
        $"<Item><rasd:ResourceType>0</rasd:ResourceType><rasd:InstanceId>{Exported}</rasd:InstanceId><Type>{type}</Type><Device>{device}</Device><rasd:Address/>"
        + $"<BootOrder>0</BootOrder><IsPlugged>true</IsPlugged><IsReadOnly>false</IsReadOnly><Alias/>{more}</Item>";

    private static string Node(int index) =>
        $"<NumaNode><Index>{index}</Index><cpuIdList>{index}</cpuIdList><vdsNumaNodeList>0</vdsNumaNodeList><MemTotal>512</MemTotal><NumaTuneMode>strict</NumaTuneMode></NumaNode>";

    private static string Ovf(string pins) =>
        $"""
        <?xml version='1.0'?><ovf:Envelope xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1/"
        xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
        xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ovf:version="4.5.0.0">
        <References/><NetworkSection><Info>List of networks</Info></NetworkSection>
        <Section xsi:type="ovf:DiskSection_Type"><Info>List of Virtual Disks</Info></Section>
        <Content ovf:id="out" xsi:type="ovf:VirtualSystem_Type"><Name>exported</Name><Description>a copy</Description><Comment>of the test</Comment>
        <CreationDate>2026/01/31 10:00:00</CreationDate><ExportDate>2026/02/01 10:00:00</ExportDate><DeleteProtected>false</DeleteProtected>
        <SsoMethod>guest_agent</SsoMethod><IsSmartcardEnabled>false</IsSmartcardEnabled><NumOfIoThreads>1</NumOfIoThreads><TimeZone>Etc/GMT</TimeZone>
        <default_boot_sequence>13</default_boot_sequence><Generation>2</Generation><CustomCompatibilityVersion>4.7</CustomCompatibilityVersion>
        <ClusterCompatibilityVersion>4.7</ClusterCompatibilityVersion><VmType>1</VmType><ResumeBehavior>KILL</ResumeBehavior>
        <MinAllocatedMem>512</MinAllocatedMem><IsStateless>false</IsStateless><IsRunAndPause>false</IsRunAndPause><AutoStartup>false</AutoStartup>
        <Priority>50</Priority><CreatedByUserId>{Exported}</CreatedByUserId><VmInit ovf:hostname="db1" ovf:regenerateKeys="false" ovf:rootPassword="geheim"/>
        <MigrationSupport>2</MigrationSupport>{pins}<SerialNumberPolicy>1</SerialNumberPolicy><IsBootMenuEnabled>false</IsBootMenuEnabled>
        <IsSpiceFileTransferEnabled>true</IsSpiceFileTransferEnabled><IsSpiceCopyPasteEnabled>true</IsSpiceCopyPasteEnabled>
        <AllowConsoleReconnect>true</AllowConsoleReconnect><ConsoleDisconnectAction>LOCK_SCREEN</ConsoleDisconnectAction>
        <ConsoleDisconnectActionDelay>0</ConsoleDisconnectActionDelay><CustomEmulatedMachine></CustomEmulatedMachine><BiosType>2</BiosType><CustomCpuName/>
        <PredefinedProperties>nvdimm=namespace0.0</PredefinedProperties><UserDefinedProperties>owner=db;</UserDefinedProperties>
        <MaxMemorySizeMb>4096</MaxMemorySizeMb><MultiQueuesEnabled>true</MultiQueuesEnabled>
        <VirtioScsiMultiQueuesEnabled>false</VirtioScsiMultiQueuesEnabled><UseHostCpu>true</UseHostCpu><BalloonEnabled>false</BalloonEnabled>
        <CpuPinningPolicy>0</CpuPinningPolicy><ClusterName>Elsewhere</ClusterName><TemplateId>00000000-0000-0000-0000-000000000000</TemplateId>
        <TemplateName>Blank</TemplateName><IsInitilized>true</IsInitilized><Origin>3</Origin><quota_id>{Exported}</quota_id>
        <DefaultDisplayType>2</DefaultDisplayType><TrustedService>false</TrustedService><UseLatestVersion>false</UseLatestVersion>
        <Section ovf:id="{Exported}" ovf:required="false" xsi:type="ovf:OperatingSystemSection_Type"><Info>Guest Operating System</Info><Description>rhel_9x64</Description></Section>
        <Section xsi:type="ovf:VirtualHardwareSection_Type"><Info>2 CPU, 1024 Memory</Info><System><vssd:VirtualSystemType>ENGINE 4.5</vssd:VirtualSystemType></System>
        <Item><rasd:Caption>2 virtual cpu</rasd:Caption><rasd:InstanceId>1</rasd:InstanceId><rasd:ResourceType>3</rasd:ResourceType>
        <rasd:num_of_sockets>2</rasd:num_of_sockets><rasd:cpu_per_socket>1</rasd:cpu_per_socket><rasd:threads_per_cpu>1</rasd:threads_per_cpu></Item>
        <Item><rasd:InstanceId>2</rasd:InstanceId><rasd:ResourceType>4</rasd:ResourceType><rasd:AllocationUnits>MegaBytes</rasd:AllocationUnits>
        <rasd:VirtualQuantity>1024</rasd:VirtualQuantity></Item>
        <Item><rasd:InstanceId>3</rasd:InstanceId><rasd:ResourceType>23</rasd:ResourceType><rasd:UsbPolicy>DISABLED</rasd:UsbPolicy></Item>
        <Item><rasd:ResourceType>20</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity><Type>video</Type><Device>vga</Device></Item>
        <Item><rasd:ResourceType>26</rasd:ResourceType><Type>graphics</Type><Device>vnc</Device></Item>
        <Item><rasd:ResourceType>15</rasd:ResourceType><Type>disk</Type><Device>cdrom</Device></Item>
        {Item("balloon", "memballoon")}{Item("sound", "ich6")}{Item("controller", "virtio-scsi")}{Item("controller", "usb")}
        {Item("rng", "virtio", "<SpecParams><source>urandom</source></SpecParams>")}{Item("hostdev", Device)}</Section>
        <Section xsi:type="ovf:SnapshotsSection_Type"><Snapshot ovf:id="{Exported}"><Type>ACTIVE</Type><Description>Active VM</Description></Snapshot></Section>
        <Section xsi:type="ovf:NumaNodeSection_Type">{Node(0)}{Node(1)}</Section></Content></ovf:Envelope>
        """;

    private Task<(int Status, XElement Body, HttpResponseMessage Answer)> ImportAsync(string ovf, string body = "", string initialization = "")
    {
        var vm = XElement.Parse($"<vm><cluster><name>Default</name></cluster>{body}<initialization>{initialization}<configuration><type>ovf</type></configuration></initialization></vm>");
        vm.Element("initialization")!.Element("configuration")!.Add(new XElement("data", ovf));
        return Engine.SendAsync(HttpMethod.Post, "vms", vm.ToString());
    }
}
