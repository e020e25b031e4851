namespace Nvdimm.Extensions.TestSupport;

/// <summary>
/// Domains with one particularity each, every one given to libvirt 9.0.0 (<c>virsh domxml-to-native</c>) and started paused with QEMU 7.2
/// (<c>virsh create --paused</c>) on Debian 12. The texts are what they said.
/// </summary>
internal static class RefusalRows
{
    public const string Cell = "<cpu><numa><cell id='0' cpus='0' memory='256' unit='MiB'/></numa></cpu>";
    private const string Uuid = "<uuid>49545eb3-75e1-2d0a-acdd-f0294406c99e</uuid>";
    private const string Zero = "<uuid>00000000-0000-0000-0000-000000000000</uuid>";
    private const string Dimm = "<memory model='dimm'><target><size unit='MiB'>256</size><node>0</node></target>{0}</memory>";
    private const string VirtioMem = "<memory model='virtio-mem'><target><size unit='MiB'>512</size><node>0</node><block unit='KiB'>2048</block><requested unit='KiB'>0</requested>{0}</target></memory>";
    private const string PowerDimm = "<memory model='dimm'><target><size unit='MiB'>128</size><node>0</node></target></memory>";
    private const string MaximumBelow = "maximum memory size must be equal or greater than the actual memory size";
    private const string NoSpace = "not enough space, currently";
    private const string Conflict = "address range conflicts with memory device";
    private const string NoUuid = "UUID is not supported for NVDIMM device";
    private const string NoNode = "target NUMA node needs to be specified for memory device";
    private const string NoAddressType = "unknown address type 'none'";
    private const string NoCell = "can't add memory backend for guest node '1' as the guest has only '1' NUMA nodes configured";

    public static IReadOnlyList<RefusalRow> All { get; } =
    [
        new("as it should be", Domain(Nvdimm())),
        new("nothing optional", Domain(Nvdimm(label: "", attributes: ""))),
        new("discard yes", Domain(Nvdimm(attributes: " discard='yes'")), "NVDIMM_XML_DISCARD", "discard is not supported for nvdimms"),
        new("discard no", Domain(Nvdimm(attributes: " discard='no'"))),
        new("discard of another word", Domain(Nvdimm(attributes: " discard='x'")), "NVDIMM_XML_BAD_VALUE", "Invalid value for attribute 'discard' in element 'memory': 'x'"),
        new("discard of the domain", Domain(Nvdimm(), extra: "<memoryBacking><discard/></memoryBacking>")),
        new("access none", Domain(Nvdimm(attributes: " access='none'")), "NVDIMM_XML_BAD_VALUE", "Invalid value for attribute 'access' in element 'memory': 'none'"),
        new("access private", Domain(Nvdimm(attributes: " access='private'"))),
        new("readonly", Domain(Nvdimm(tail: "<readonly/>"))),

        new("label 0", Domain(Nvdimm(label: Label("0")))),
        new("label without size", Domain(Nvdimm(label: "<label/>"))),
        new("label with an empty size", Domain(Nvdimm(label: "<label><size/></label>"))),
        new("label with a plus", Domain(Nvdimm(label: Label("+128")))),
        new("space after the label", Domain(Nvdimm(label: Label("128 "))), "NVDIMM_XML_BAD_VALUE", "Invalid value '128 ' for element or attribute './label/size'"),
        new("label of 127 KiB", Domain(Nvdimm(label: Label("127"))), "NVDIMM_XML_LABEL_SIZE", "nvdimm label must be at least 128KiB"),
        new("label as large as the size", Domain(Nvdimm(label: Label("524288"))), "NVDIMM_XML_LABEL_SIZE", "label size must be smaller than NVDIMM size"),

        new("empty uuid on x86_64", Domain(Nvdimm(uuid: "<uuid/>"))),
        new("uuid on i686", Domain(Nvdimm(uuid: Uuid), arch: "i686", machine: "pc"), "NVDIMM_XML_UUID", NoUuid),
        new("uuid on x86_64", Domain(Nvdimm(uuid: Uuid)), "NVDIMM_XML_UUID", NoUuid),

        new("alignsize empty", Domain(Nvdimm(align: "<alignsize/>"))),
        new("alignsize 0", Domain(Nvdimm(align: Align("0")))),
        new("alignsize 2 KiB", Domain(Nvdimm(align: Align("2"))), "NVDIMM_XML_ALIGN_SIZE", Qemu: "alignment 0x800 must be multiples of page size 0x1000"),
        new("alignsize 4 KiB", Domain(Nvdimm(align: Align("4")))),
        new("alignsize 6 KiB", Domain(Nvdimm(align: Align("6"))), "NVDIMM_XML_ALIGN_SIZE", Qemu: "alignment 0x1800 must be multiples of page size 0x1000"),
        new("alignsize 12 KiB", Domain(Nvdimm(align: Align("12"))), "NVDIMM_XML_ALIGN_SIZE", Qemu: "alignment 0x3000 must be a power of two"),
        new("alignsize 16 KiB", Domain(Nvdimm(align: Align("16")))),

        new("address of type fakedimm", Domain(Nvdimm(address: "<address type='fakedimm' slot='0'/>")), "NVDIMM_XML_ADDRESS_TYPE", "unknown address type 'fakedimm'"),
        new("address of type none", Domain(Nvdimm(address: "<address type='none'/>")), "NVDIMM_XML_ADDRESS_TYPE", NoAddressType),
        new("DIMM with an address of type none", Domain(Nvdimm() + Text(Dimm, "<address type='none'/>")), "NVDIMM_XML_ADDRESS_TYPE", NoAddressType),
        new("virtio-mem with an address of type none", Domain(Nvdimm() + VirtioMemOn("<node>0</node>").Replace("</target>", "</target><address type='none'/>", StringComparison.Ordinal)), "NVDIMM_XML_ADDRESS_TYPE", NoAddressType),
        new("virtio-mem with an address of type dimm", Domain(Nvdimm() + VirtioMemOn("<node>0</node>").Replace("</target>", "</target><address type='dimm' slot='1'/>", StringComparison.Ordinal)), "NVDIMM_XML_ADDRESS_TYPE", "only 'pci' addresses are supported for the virtio-mem device"),
        new("virtio-mem with an address of type pci", Domain(Nvdimm() + VirtioMemOn("<node>0</node>").Replace("</target>", "</target><address type='pci'/>", StringComparison.Ordinal))),
        new("DIMM without slot", Domain(Nvdimm() + Text(Dimm, "<address type='dimm'/>")), "NVDIMM_XML_BAD_VALUE", "Missing required attribute 'slot' in element 'address'"),
        new("address without type", Domain(Nvdimm(address: "<address slot='0'/>")), "NVDIMM_XML_ADDRESS_TYPE", "No type specified for device address"),
        new("address of type pci", Domain(Nvdimm(address: "<address type='pci'/>")), "NVDIMM_XML_ADDRESS_TYPE"),
        new("address of type drive", Domain(Nvdimm(address: "<address type='drive'/>")), "NVDIMM_XML_ADDRESS_TYPE"),
        new("address of type usb", Domain(Nvdimm(address: "<address type='usb'/>")), "NVDIMM_XML_ADDRESS_TYPE"),
        new("base without slot", Domain(Nvdimm(address: "<address type='dimm' base='0x200000000'/>")), "NVDIMM_XML_BAD_VALUE", "Missing required attribute 'slot' in element 'address'"),
        new("slot in hexadecimal", Domain(Nvdimm(address: "<address type='dimm' slot='0x1'/>")), "NVDIMM_XML_BAD_VALUE", "Invalid value for attribute 'slot' in element 'address': '0x1'"),
        new("last slot", Domain(Nvdimm(address: Slot(15)))),
        new("slot with a plus", Domain(Nvdimm(address: "<address type='dimm' slot=' +1'/>"))),
        new("slot of a DIMM above the last", Domain(Nvdimm() + Text(Dimm, Slot(16))), "NVDIMM_XML_SLOT_TOO_HIGH", "memory device slot '16' exceeds slots count '16'"),
        new("slot of two DIMMs", Domain(Nvdimm() + Text(Dimm, Slot(3)) + Text(Dimm, Slot(3))), "NVDIMM_XML_SLOT_TAKEN", "memory device slot '3' is already being used by another memory device"),
        new("slot above the last", Domain(Nvdimm(address: Slot(16))), "NVDIMM_XML_SLOT_TOO_HIGH", "memory device slot '16' exceeds slots count '16'"),
        new("slot of another NVDIMM", Domain(Nvdimm(address: Slot(0)) + Nvdimm("/dev/pmem1", address: Slot(0))), "NVDIMM_XML_SLOT_TAKEN", "memory device slot '0' is already being used by another memory device"),
        new("slot of a DIMM", Domain(Text(Dimm, Slot(3)) + Nvdimm(address: Slot(3))), "NVDIMM_XML_SLOT_TAKEN", "memory device slot '3' is already being used by another memory device"),
        new("base that is no number", Domain(Nvdimm(address: Slot(0, "zz"))), "NVDIMM_XML_BAD_VALUE", "Invalid value for attribute 'base' in element 'address': 'zz'"),
        new("base with a plus", Domain(Nvdimm(address: Slot(0, " +0x100000000")))),
        new("base of two DIMMs", Domain(Nvdimm() + Text(Dimm, Slot(1, "0x180000000")) + Text(Dimm, Slot(2, "0x180000000"))), "NVDIMM_XML_ADDRESS_OVERLAP", "memory device base '0x180000000' is already being used by another memory device"),
        new("base of a DIMM off the page", Domain(Nvdimm() + Text(Dimm, Slot(1, "0x180000001"))), "NVDIMM_XML_ADDRESS_MISALIGNED", Qemu: "address must be aligned to 0x1000 bytes"),
        new("base 0", Domain(Nvdimm(address: Slot(0, "0x0")))),
        new("base at a page", Domain(Nvdimm(address: Slot(0, "0x100001000")))),
        new("base off the alignment", Domain(Nvdimm(align: Align("2048"), address: Slot(0, "0x11ff00000"))), "NVDIMM_XML_ADDRESS_MISALIGNED", Qemu: "address must be aligned to 0x200000 bytes"),
        new("decimal base, read as hexadecimal", Domain(Nvdimm(address: Slot(0, "4294967296"))), "NVDIMM_XML_ADDRESS_MISALIGNED", Qemu: "address must be aligned to 0x1000 bytes"),
        new("the same base twice", Pair("", "0x100000000"), "NVDIMM_XML_ADDRESS_OVERLAP", "memory device base '0x100000000' is already being used by another memory device"),
        new("base in another one", Pair("", "0x110000000"), "NVDIMM_XML_ADDRESS_OVERLAP", Qemu: Conflict),
        new("base in the last page of another one", Pair("", "0x11ffdf000"), "NVDIMM_XML_ADDRESS_OVERLAP", Qemu: Conflict),
        new("base in the label of another one", Pair("", "0x11ffe0000"), "NVDIMM_XML_ADDRESS_OVERLAP"),
        new("base behind another one, aligned", Pair(Align("2048"), "0x11fe00000"), "NVDIMM_XML_ADDRESS_OVERLAP"),
        new("base behind the size of another one", Pair(Align("2048"), "0x120000000")),
        new("base in a DIMM", Domain(Text(Dimm, Slot(0, "0x100000000")) + Nvdimm(address: Slot(1, "0x108000000"))), "NVDIMM_XML_ADDRESS_OVERLAP", Qemu: Conflict),
        new("base in a virtio-mem", Domain(Text(VirtioMem, "<address base='0x100000000'/>") + Nvdimm(address: Slot(0, "0x100000000"))), "NVDIMM_XML_ADDRESS_OVERLAP", Qemu: Conflict),

        new("no node", Domain(Nvdimm(node: "")), "NVDIMM_XML_NODE_MISSING", NoNode),
        new("node that the guest has not", Domain(Nvdimm(node: "<node>1</node>")), "NVDIMM_XML_NO_GUEST_NODE", NoCell),
        new("negative node", Domain(Nvdimm(node: "<node>-1</node>")), "NVDIMM_XML_BAD_VALUE", "invalid value of memory device node"),
        new("empty node", Domain(Nvdimm(node: "<node/>")), "NVDIMM_XML_NODE_MISSING", NoNode),
        new("space before the node", Domain(Nvdimm(node: "<node> 0</node>"))),
        new("space after the node", Domain(Nvdimm(node: "<node>0 </node>")), "NVDIMM_XML_BAD_VALUE", "invalid value of memory device node"),
        new("DIMM without node", Domain(Nvdimm() + DimmOn("")), "NVDIMM_XML_NODE_MISSING", NoNode),
        new("DIMM on a node that the guest has not", Domain(Nvdimm() + DimmOn("<node>1</node>")), "NVDIMM_XML_NO_GUEST_NODE", NoCell),
        new("DIMM on a node that is no number", Domain(Nvdimm() + DimmOn("<node>x</node>")), "NVDIMM_XML_BAD_VALUE", "invalid value of memory device node"),
        new("virtio-mem without node", Domain(Nvdimm() + VirtioMemOn("")), "NVDIMM_XML_NODE_MISSING", NoNode),
        new("virtio-mem on a node that the guest has not", Domain(Nvdimm() + VirtioMemOn("<node>1</node>")), "NVDIMM_XML_NO_GUEST_NODE", NoCell),
        new("node that is no number", Domain(Nvdimm(node: "<node>x</node>")), "NVDIMM_XML_BAD_VALUE", "invalid value of memory device node"),
        new("node with a sign", Domain(Nvdimm(node: "<node>+0</node>"))),
        new("cell with zeros and a plus in its number", Domain(Nvdimm(), cells: CellOf("id=' +00' memory='256'"))),
        new("cell with a space after its number", Domain(Nvdimm(), cells: CellOf("id='0' memory='256'", "id='1 ' memory='256'")), "NVDIMM_XML_BAD_VALUE", "Invalid value for attribute 'id' in element 'cell': '1 '"),
        new("cell without number", Domain(Nvdimm(), cells: CellOf("memory='256'"))),
        new("cells 0 and 2", Domain(Nvdimm(), cells: CellOf("id='0' memory='256'", "id='2' memory='256'")), "NVDIMM_XML_BAD_VALUE", "non-contiguous ranges or ranges not starting from 0 are not allowed"),
        new("cell 0 twice", Domain(Nvdimm(), cells: CellOf("id='0' memory='256'", "id='0' memory='256'")), "NVDIMM_XML_BAD_VALUE", "Duplicate NUMA cell info for cell id '0'"),
        new("cell 0 of a second numa", Domain(Nvdimm(), cells: Cell.Replace("</numa>", "</numa><numa><cell id='0' cpus='0' memory='1'/></numa>", StringComparison.Ordinal))),
        new("cell without memory", Domain(Nvdimm(), cells: CellOf("id='0'")), "NVDIMM_XML_BAD_VALUE", "missing element or attribute './@memory'"),
        new("no NUMA cell", Domain(Nvdimm(), cells: "", memory: "2048"), "NVDIMM_XML_NO_NUMA", "At least one numa node has to be configured when enabling memory hotplug"),
        new("no ACPI on q35", Domain(Nvdimm(), features: ""), "NVDIMM_XML_NO_ACPI", Qemu: "memory hotplug is not enabled: missing acpi device or acpi disabled"),
        new("no ACPI on pc", Domain(Nvdimm(), features: "", machine: "pc"), "NVDIMM_XML_NO_ACPI", Qemu: "memory hotplug is not enabled: missing acpi device or acpi disabled"),

        new("no maxMemory", Domain(Nvdimm(), maxMemory: ""), "NVDIMM_XML_NO_MAX_MEMORY", "cannot use/hotplug a memory device when domain 'maxMemory' is not defined"),
        new("maxMemory without slots", Domain(Nvdimm(), maxMemory: "<maxMemory unit='MiB'>4096</maxMemory>"), "NVDIMM_XML_NO_SLOTS", "both maximum memory size and memory slot count must be specified"),
        new("maxMemory with 0 slots", Domain(Nvdimm(), maxMemory: Maximum(4194304, 0)), "NVDIMM_XML_NO_SLOTS", "both maximum memory size and memory slot count must be specified"),
        new("slots with a plus", Domain(Nvdimm(), maxMemory: "<maxMemory slots=' +16' unit='MiB'>4096</maxMemory>")),
        new("slots in hexadecimal", Domain(Nvdimm(), maxMemory: "<maxMemory slots='0x10' unit='MiB'>4096</maxMemory>"), "NVDIMM_XML_BAD_VALUE", "Failed to parse memory slot count"),
        new("one slot for two", Domain(Nvdimm() + Nvdimm("/dev/pmem1"), maxMemory: Maximum(4194304, 1)), "NVDIMM_NO_MEMORY_SLOT", "failed to find an empty memory slot"),
        new("one slot beside a virtio-mem", Domain(Nvdimm() + Text(VirtioMem, ""), maxMemory: Maximum(4194304, 1)), "NVDIMM_NO_MEMORY_SLOT", "memory device count '2' exceeds slots count '1'"),
        new("maximum exact", Domain(Nvdimm(), maxMemory: Maximum(262144 + 524288))),
        new("maximum less 1 KiB", Domain(Nvdimm(), maxMemory: Maximum(262144 + 524288 - 1)), "NVDIMM_XML_MAX_MEMORY", MaximumBelow),
        new("size that is rounded up, no room", Domain(Nvdimm(size: "525312"), maxMemory: Maximum(262144 + 525312)), "NVDIMM_XML_MAX_MEMORY", Qemu: NoSpace),
        new("size that is rounded up, aligned down again", Domain(Nvdimm(size: "525312", align: Align("2048")), maxMemory: Maximum(262144 + 525312))),
        new("size that is rounded up, maximum too", Domain(Nvdimm(size: "525312"), maxMemory: Maximum(262144 + 525312 + 1))),
        new("odd label, no room", Domain(Nvdimm(size: "524416"), maxMemory: Maximum(262144 + 524416)), "NVDIMM_XML_MAX_MEMORY", Qemu: NoSpace),
        new("no label, no room", Domain(Nvdimm(size: "523264", label: ""), maxMemory: Maximum(262144 + 523264)), "NVDIMM_XML_MAX_MEMORY", Qemu: NoSpace),
        new("DIMM that is rounded up", Domain(Dimm.Replace("256", "129", StringComparison.Ordinal).Replace("{0}", "", StringComparison.Ordinal) + Nvdimm(), maxMemory: Maximum((256 + 129 + 512) * 1024)), "NVDIMM_XML_MAX_MEMORY", Qemu: NoSpace),
        new("virtio-mem in the maximum", Domain(Text(VirtioMem, "") + Nvdimm(), maxMemory: Maximum((256 + 512 + 256) * 1024)), "NVDIMM_XML_MAX_MEMORY", MaximumBelow),
        new("memory is the sum", Domain(Nvdimm(), memory: "768", maxMemory: Maximum(768 * 1024))),
        new("memory is no number", Domain(Nvdimm(), memory: "x"), "NVDIMM_XML_BAD_VALUE", "Invalid value 'x' for element or attribute './memory[1]'"),
        new("space after the memory", Domain(Nvdimm(), memory: "256 "), "NVDIMM_XML_BAD_VALUE", "Invalid value '256 ' for element or attribute './memory[1]'"),
        new("memory is empty", Domain(Nvdimm(), memory: "")),
        new("memory is anything", Domain(Nvdimm(), memory: "5000", maxMemory: Maximum(768 * 1024))),

        new("memory device without model", Domain(Nvdimm() + Text(Dimm, "").Replace(" model='dimm'", "", StringComparison.Ordinal)), "NVDIMM_XML_BAD_VALUE", "Missing required attribute 'model' in element 'memory'"),
        new("DIMM with another access", Domain(Nvdimm() + Text(Dimm, "").Replace("'dimm'", "'dimm' access='x'", StringComparison.Ordinal)), "NVDIMM_XML_BAD_VALUE", "Invalid value for attribute 'access' in element 'memory': 'x'"),
        new("DIMM with another discard", Domain(Nvdimm() + Text(Dimm, "").Replace("'dimm'", "'dimm' discard='x'", StringComparison.Ordinal)), "NVDIMM_XML_BAD_VALUE", "Invalid value for attribute 'discard' in element 'memory': 'x'"),
        new("DIMM with an alignment and a label that are no sizes", Domain(Nvdimm() + Text(Dimm, "").Replace("<target>", "<source><alignsize>x</alignsize></source><target><label><size>x</size></label>", StringComparison.Ordinal))),
        new("DIMM with an alignment, off it", Domain(Nvdimm() + Text(Dimm, Slot(1, "0x180001000")).Replace("<target>", "<source><alignsize>2048</alignsize></source><target>", StringComparison.Ordinal))),
        new("DIMMs with one base in their targets", Domain(Nvdimm() + TargetBase(Text(Dimm, "")) + TargetBase(Text(Dimm, "")))),
        new("virtio-mems with one base in their targets", Domain(Nvdimm() + TargetBase(VirtioMemOn("<node>0</node>")) + TargetBase(VirtioMemOn("<node>0</node>")))),
        new("model without text", Domain(Nvdimm() + Text(Dimm, "").Replace("'dimm'", "''", StringComparison.Ordinal)), "NVDIMM_XML_BAD_VALUE", "Invalid value for attribute 'model' in element 'memory': ''"),
        new("DIMM of no size", Domain(Nvdimm() + Text(Dimm, "").Replace("256", "x", StringComparison.Ordinal)), "NVDIMM_XML_BAD_VALUE", "Invalid value 'x' for element or attribute './size'"),

        new("POWER", Power(Nvdimm(size: "524416"))),
        new("POWER, no label", Power(Nvdimm(size: "524416", label: "")), "NVDIMM_XML_LABEL_MISSING", "label size is required for NVDIMM device"),
        new("POWER, uuid", Power(Nvdimm(size: "524416", uuid: Uuid))),
        new("POWER, uuid of zeros", Power(Nvdimm(size: "524416", uuid: Zero)), "NVDIMM_XML_BAD_VALUE", Qemu: "NVDIMM device requires the uuid to be set"),
        new("POWER, uuid that is none", Power(Nvdimm(size: "524416", uuid: "<uuid>zz</uuid>")), "NVDIMM_XML_BAD_VALUE", "malformed uuid element"),
        new("POWER, no node", Power(Nvdimm(size: "524416", node: "")), "NVDIMM_XML_NODE_MISSING", NoNode),
        new("POWER, no cell and no node", Power(Nvdimm(size: "524416", node: ""), "", 2048)),
        new("POWER, no cell and a node", Power(Nvdimm(size: "524416"), "", 2048), "NVDIMM_XML_NO_GUEST_NODE", "can't add memory backend as guest has no NUMA nodes configured"),
        new("POWER, no cell, devices above the memory", Power(Nvdimm(size: "524416", node: ""), "", 256), "NVDIMM_XML_MEMORY_TOO_SMALL", "Total size of memory devices exceeds the total memory size"),
        new("POWER, no cell, maximum is the memory", Power(Nvdimm(size: "524416", node: ""), "", 1024, Maximum(1048576))),
        new("POWER, no maxMemory", Power(Nvdimm(size: "524416"), maxMemory: ""), "NVDIMM_XML_NO_MAX_MEMORY", "cannot use/hotplug a memory device when domain 'maxMemory' is not defined"),
        new("POWER, maximum exact", Power(Nvdimm(size: "524416"), maxMemory: Maximum(262144 + 524416))),
        new("POWER, maximum less 1 KiB", Power(Nvdimm(size: "524416"), maxMemory: Maximum(262144 + 524416 - 1)), "NVDIMM_XML_MAX_MEMORY", MaximumBelow),
        new("POWER, size that is rounded down, exact", Power(Nvdimm(size: "716800"), maxMemory: Maximum(262144 + 524416))),
        new("POWER, size that is rounded down, less 1 KiB", Power(Nvdimm(size: "716800"), maxMemory: Maximum(262144 + 524416 - 1)), "NVDIMM_XML_MAX_MEMORY", MaximumBelow),
        new("POWER, DIMM that is rounded up", Power(Nvdimm(size: "524416") + PowerDimm, maxMemory: Maximum(262144 + 524416 + 262144))),
        new("POWER, DIMM that is rounded up, less 1 KiB", Power(Nvdimm(size: "524416") + PowerDimm, maxMemory: Maximum(262144 + 524416 + 262144 - 1)), "NVDIMM_XML_MAX_MEMORY", MaximumBelow),
        new("POWER, size that is rounded down", Power(Nvdimm(size: "716800"), maxMemory: Maximum(979000))),
    ];

    /// <summary>A domain of x86 with 256 MiB of RAM.</summary>
    public static string Domain(
        string devices, string? maxMemory = null, string cells = Cell, string memory = "256", string features = "<features><acpi/></features>", string extra = "", string arch = "x86_64", string machine = "q35") =>
        $"<domain type='qemu'><name>refusals</name>{maxMemory ?? Maximum(4194304)}<memory unit='MiB'>{memory}</memory>{extra}<vcpu>2</vcpu><os><type arch='{arch}' machine='{machine}'>hvm</type></os>"
        + $"{features}{cells}<devices><controller type='usb' model='none'/><memballoon model='none'/>{devices}</devices></domain>";

    /// <summary>An NVDIMM of 512 MiB; its size is in KiB.</summary>
    public static string Nvdimm(
        string path = "/dev/pmem0", string size = "524288", string node = "<node>0</node>", string? label = null, string align = "", string address = "", string attributes = " access='shared'", string uuid = "", string tail = "") =>
        $"<memory model='nvdimm'{attributes}>{uuid}<source><path>{path}</path>{align}</source><target><size unit='KiB'>{size}</size>{node}{label ?? Label("128")}{tail}</target>{address}</memory>";

    private static string Power(string devices, string cells = Cell, int memory = 256, string? maxMemory = null) =>
        Domain(devices, maxMemory, cells, $"{memory}", features: "", arch: "ppc64", machine: "pseries");

    private static string Pair(string align, string secondBase) =>
        Domain(Nvdimm(align: align, address: Slot(0, "0x100000000")) + Nvdimm("/dev/pmem1", align: align, address: Slot(1, secondBase)));

    private static string Maximum(long kibibytes, int slots = 16) => $"<maxMemory slots='{slots}' unit='KiB'>{kibibytes}</maxMemory>";

    private static string Label(string kibibytes) => $"<label><size unit='KiB'>{kibibytes}</size></label>";

    private static string Align(string kibibytes) => $"<alignsize unit='KiB'>{kibibytes}</alignsize>";

    private static string Slot(int slot, string start = "") => start.Length == 0 ? $"<address type='dimm' slot='{slot}'/>" : $"<address type='dimm' slot='{slot}' base='{start}'/>";

    private static string DimmOn(string node) => Text(Dimm, "").Replace("<node>0</node>", node, StringComparison.Ordinal);

    private static string VirtioMemOn(string node) => Text(VirtioMem, "").Replace("<node>0</node>", node, StringComparison.Ordinal);

    private static string TargetBase(string memory) => memory.Replace("</target>", "<address base='0x180000000'/></target>", StringComparison.Ordinal);

    private static string CellOf(params string[] attributes) =>
        $"<cpu><numa>{string.Concat(attributes.Select((text, number) => $"<cell cpus='{number}' unit='MiB' {text}/>"))}</numa></cpu>";

    private static string Text(string format, string part) => format.Replace("{0}", part, StringComparison.Ordinal);
}
