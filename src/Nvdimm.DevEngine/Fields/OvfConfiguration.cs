using System.Globalization;
using System.Xml;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Fields;

/// <summary>
/// A VM in the oVirt Engine's OVF (oVirt Engine 4.5, <c>OvfOvirtReader</c>, <c>OvfVmReader</c>). What this engine has no place for, such as
/// disks, is refused. An import of the real engine uses neither the snapshots nor the affinity groups, labels, users and external data.
/// </summary>
/// <param name="Id">The VM's id.</param>
/// <param name="Vm">The fields of the API, without the hosts.</param>
/// <param name="Pins">The ids of the hosts that the VM was pinned to.</param>
/// <param name="NumaNodes">The NUMA nodes, in order.</param>
/// <param name="HostDevices">The names of the host devices.</param>
internal sealed record OvfConfiguration(
    string Id, ApiInput Vm, IReadOnlyList<string> Pins, IReadOnlyList<OvfNumaNode> NumaNodes, IReadOnlyList<string> HostDevices)
{
    private const int MostMembers = 1024;
    private const int LongestName = 255;

    /// <summary>The NUMA nodes of a guest: <c>MAX_NODES</c> of QEMU 7.2, <c>include/sysemu/numa.h</c>.</summary>
    private const int MostNodes = 128;

    /// <summary>The parts of a section that say what it is.</summary>
    private static readonly string[] OfEachSection = ["id", "type", "required", "Info"];

    /// <summary>The sections that an import of the engine does not use.</summary>
    private static readonly string[] UnusedSections =
    [
        "ovf:SnapshotsSection_Type", "ovf:AffinityGroupsSection_Type", "ovf:AffinityLabelsSection_Type", "ovf:UserDomainsSection_Type",
        "ovf:ExternalDataSection_Type",
    ];

    private const string OperatingSystem = "ovf:OperatingSystemSection_Type";
    private const string Hardware = "ovf:VirtualHardwareSection_Type";
    private const string Numa = "ovf:NumaNodeSection_Type";

    /// <summary>Hardware that each VM of the engine has by itself.</summary>
    private static readonly string[] OfEachVm =
        ["balloon", "channel", "controller", "graphics", "redir", "redirdev", "smartcard", "unknown", "video"];

    /// <summary>The architecture of the guest's operating system (oVirt Engine 4.5, <c>osinfo-defaults.properties</c>).</summary>
    public string Architecture => Vm.Text("os", "type") is not { } os ? "x86_64"
        : os.Contains("ppc64", StringComparison.Ordinal) ? "ppc64"
        : os.Contains("s390x", StringComparison.Ordinal) ? "s390x" : "x86_64";

    /// <summary>Reads a VM. The document has no DTD and is not larger than a body.</summary>
    /// <exception cref="ApiFaultException">It is no OVF of a VM, or has something that this engine does not serve.</exception>
    public static OvfConfiguration Read(string data)
    {
        var envelope = Parse(data);
        var content = (envelope.Name == "Envelope" ? envelope.Find("Content") : null)
            ?? throw Unreadable("there is no Envelope with Content");
        RequireOnce(envelope.Parts.Where(part => part.Name is "Content" or "References"));
        RequireNoMore(envelope.Parts.Where(part => part.Name is "References" or "Section").SelectMany(section => section.Parts));
        var sections = content.Parts.Where(part => part.Name == "Section").ToLookup(TypeOf, StringComparer.Ordinal);
        RequireKnown(sections);
        var fields = content.Parts.Where(part => part.Name is not ("Section" or "DedicatedVmForVds")).ToList();
        RequireOnce(fields);
        var vm = fields.Aggregate(new ApiInput("vm", null, []), OvfFields.Add);
        var (id, os) = System(sections[OperatingSystem].FirstOrDefault());
        var hardware = sections[Hardware].FirstOrDefault() ?? throw Unreadable("there is no hardware");
        RequireNoMore(hardware.Parts.Where(part => part.Name is not ("Item" or "System")));
        var items = hardware.Parts.Where(part => part.Name == "Item").ToList();
        if (items.Count(item => item.Text("ResourceType") == "4") > 1)
        {
            throw Unreadable("the memory stands twice");
        }

        vm = items.Aggregate(vm.With("os.type", OvfFields.Leaf("type", os)), AddItem);
        var nodes = sections[Numa].FirstOrDefault()?.Parts.Where(part => part.Name == "NumaNode").ToList() ?? [];
        if (nodes.Count > MostNodes)
        {
            throw Unreadable($"there are more than {MostNodes} NUMA nodes");
        }

        var modes = nodes.Select(node => node.Text("NumaTuneMode")?.ToLowerInvariant())
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new OvfConfiguration(
            id,
            modes switch
            {
                [] => vm,
                [var mode] => vm.With("numa_tune_mode", OvfFields.Leaf("numa_tune_mode", mode)),
                _ => throw NotServed("NumaTuneMode, which differs from node to node"),
            },
            Bounded(content.Parts.Where(part => part is { Name: "DedicatedVmForVds", Value.Length: > 0 })
                .Select(pin => HostOf(pin.Value!))),
            [.. nodes.Select(Node).OrderBy(node => node.Index)],
            Bounded(items.Where(item => item.Text("Type") == "hostdev").Select(NameOf)));
    }

    /// <summary>The fault for a document that cannot be read (oVirt Engine 4.5, <c>GetVmFromConfigurationQuery</c>).</summary>
    public static ApiFaultException Unreadable(string why) =>
        ApiFaultException.BadValue($"failed to parse a given ovf configuration {why}");

    /// <summary>The fault for a part of the document that this engine does not serve.</summary>
    public static ApiFaultException NotServed(string what) =>
        ApiFaultException.BadValue($"This development engine does not import the OVF's element {what}.");

    private static ApiInput Parse(string data)
    {
        try
        {
            return ApiBody.OfXml(data.TrimStart('\uFEFF'));
        }
        catch (XmlException malformed)
        {
            throw Unreadable(malformed.Message);
        }
    }

    private static string TypeOf(ApiInput section) => section.Text("type") ?? "none";

    /// <summary>Refuses an element that stands twice: only one of them could be kept.</summary>
    private static void RequireOnce(IEnumerable<ApiInput> elements)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (elements.FirstOrDefault(element => !names.Add(element.Name)) is { } twice)
        {
            throw Unreadable($"{twice.Name} stands twice");
        }
    }

    /// <summary>Refuses parts of sections that this engine has no place for: disks, network interfaces.</summary>
    private static void RequireNoMore(IEnumerable<ApiInput> parts)
    {
        if (parts.FirstOrDefault(part => !OfEachSection.Contains(part.Name, StringComparer.Ordinal)) is { } more)
        {
            throw NotServed(more.Name);
        }
    }

    private static void RequireKnown(ILookup<string, ApiInput> sections)
    {
        foreach (var alike in sections.Where(alike => !UnusedSections.Contains(alike.Key, StringComparer.Ordinal)))
        {
            if (alike.Key is not (OperatingSystem or Hardware or Numa))
            {
                RequireNoMore(alike.SelectMany(section => section.Parts));
            }
            else if (alike.Skip(1).Any())
            {
                throw Unreadable($"the section {alike.Key} stands twice");
            }
        }
    }

    private static string HostOf(string id) =>
        Guid.TryParse(id, out var host) ? host.ToString("D") : throw Unreadable($"the id of a host is '{id}'");

    private static (string Id, string Os) System(ApiInput? section)
    {
        var id = section?.Text("id") ?? throw Unreadable("there is no operating system with the id of the VM");
        return Guid.TryParseExact(id, "D", out var uuid)
            ? (uuid.ToString("D"), section.Text("Description") ?? throw ApiFaultException.Conflict(
                "Cannot import VM. The selected VM has undefined architecture"))
            : throw Unreadable($"the id of the VM is '{id}'");
    }

    /// <summary>Adds an item of the hardware (oVirt Engine 4.5, <c>OvfHardware</c>, <c>OvfReader.readHardwareSection</c>).</summary>
    private static ApiInput AddItem(ApiInput vm, ApiInput item) =>
        (item.Text("ResourceType"), item.Text("Type"), item.Text("Device")) switch
        {
            ("3", _, _) => new[] { ("num_of_sockets", "sockets"), ("cpu_per_socket", "cores"), ("threads_per_cpu", "threads") }.Aggregate(
                vm,
                (before, part) => item.Text(part.Item1) is { } number
                    ? before.With($"cpu.topology.{part.Item2}", OvfFields.Leaf(part.Item2, number))
                    : before),
            ("4", _, _) => vm.With(
                "memory",
                OvfFields.Leaf("memory", item.Text("VirtualQuantity") is { } size && OvfFields.Bytes(size) is { } bytes
                    ? bytes
                    : throw Unreadable("the memory has no size in MiB"))),
            ("15", _, _) or ("0", "disk", "cdrom") => vm,
            ("20", _, _) when item.Text("VirtualQuantity") is { } monitors =>
                vm.With("display.monitors", OvfFields.Leaf("monitors", monitors)),
            ("26", _, "vnc" or "spice") => vm.With("display.type", OvfFields.Leaf("type", item.Text("Device")!)),
            ("20" or "26", _, _) => vm,
            ("23", _, _) => item.Text("UsbPolicy") is "DISABLED"
                ? vm
                : vm.With("usb.enabled", OvfFields.Leaf("enabled", "true")).With("usb.type", OvfFields.Leaf("type", "native")),
            ("0", "hostdev", _) => vm,
            ("0", "sound", _) => vm.With("soundcard_enabled", OvfFields.Leaf("soundcard_enabled", "true")),
            ("0", "console", _) => vm.With("console.enabled", OvfFields.Leaf("enabled", "true")),
            ("0", "tpm", _) => vm.With("tpm_enabled", OvfFields.Leaf("tpm_enabled", "true")),
            ("0", "controller", "virtio-scsi") => vm.With("virtio_scsi.enabled", OvfFields.Leaf("enabled", "true")),
            ("0", "rng", _) => vm.With(
                "rng_device.source", OvfFields.Leaf("source", item.Text("SpecParams", "source") ?? "urandom")),
            ("0", { } type, _) when OfEachVm.Contains(type, StringComparer.Ordinal) => vm,
            ("0", _, "usb") => vm,
            var (resource, type, device) => throw NotServed(
                $"Item of type {type ?? resource ?? "none"}{(device is null ? "" : $", {device}")}"),
        };

    private static string NameOf(ApiInput hostDevice) => hostDevice.Text("Device") is { Length: > 0 and <= LongestName } name
        && name.All(character => character is > ' ' and < '\u007F')
            ? name
            : throw Unreadable("a host device has no name, or one that is long or not plain");

    private static OvfNumaNode Node(ApiInput node, int index) => new(
        int.TryParse(node.Text("Index"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : index,
        node.Text("MemTotal") is { } size && OvfFields.Bytes(size) is { } bytes
            ? long.Parse(bytes, CultureInfo.InvariantCulture)
            : throw Unreadable("a NUMA node has no size in MiB"),
        Numbers(node.Text("cpuIdList")),
        Numbers(node.Text("vdsNumaNodeList")));

    private static string Numbers(string? list) => list is null ? "" : string.Join(',', Bounded(list.Split(',')).Select(text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Unreadable($"a list of numbers is '{list}'")));

    private static List<string> Bounded(IEnumerable<string> members)
    {
        var distinct = members.Distinct(StringComparer.Ordinal).ToList();
        return distinct.Count <= MostMembers ? distinct : throw Unreadable($"a list has more than {MostMembers} members");
    }
}
