using System.Text;

namespace Nvdimm.Hook.Tests;

/// <summary>What libvirt makes of a domain text.</summary>
internal enum LibvirtSees
{
    /// <summary>It refuses the text.</summary>
    Nothing,

    /// <summary>A domain in which the device is not.</summary>
    NoDevice,

    /// <summary>A domain in which QEMU gets the device.</summary>
    Device,
}

/// <summary>One way to write the NVDIMM of another VM into a domain, or something that only looks like it.</summary>
/// <param name="Name">What is particular about it.</param>
/// <param name="Libvirt">What libvirt 9.0.0 makes of it.</param>
/// <param name="IsRefused">Whether the hook refuses the start.</param>
/// <param name="Bytes">The domain, with the device's path as <c>DEVICE</c>.</param>
internal sealed record Spelling(string Name, LibvirtSees Libvirt, bool IsRefused, byte[] Bytes)
{
    private const string Head = """
        <name>spelling</name><uuid>5b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10</uuid><memory>262144</memory><maxMemory slots="16">4194304</maxMemory><vcpu>1</vcpu><os>
        <type arch="x86_64" machine="pc">hvm</type></os><features><acpi/></features><cpu><numa><cell id="0" cpus="0" memory="262144"/></numa></cpu>
        """;

    private const string Model = "model=\"nvdimm\"";
    private const string Foreign = " xmlns:q=\"urn:q\"";
    private const string Qemu = " xmlns:qemu=\"http://libvirt.org/schemas/domain/qemu/1.0\"";
    private const string File = "memory-backend-file,id=m0,share=on,mem-path=DEVICE,size=898M";
    private const string Device = "nvdimm,memdev=m0";

    public static IEnumerable<Spelling> All =>
        InUtf8.Select(row => new Spelling(row.Name, row.Libvirt, row.IsRefused, Encoding.UTF8.GetBytes(row.Xml)))
            .Concat(Arguments.Select(row => new Spelling($"argument: {row.Name}", row.Libvirt, row.IsRefused, Encoding.UTF8.GetBytes(row.Xml))))
            .Concat(InBytes);

    public override string ToString() => Name;

    private static IEnumerable<(string Name, LibvirtSees Libvirt, bool IsRefused, string Xml)> InUtf8 =>
    [
        ("double quotes", LibvirtSees.Device, true, Domain(Memory(Model))),
        ("single quotes", LibvirtSees.Device, true, Domain(Memory("model='nvdimm'"))),
        ("blanks around =", LibvirtSees.Device, true, Domain(Memory("model = \"nvdimm\""))),
        ("lines around =", LibvirtSees.Device, true, Domain(Memory("model\n=\n\"nvdimm\""))),
        ("decimal reference", LibvirtSees.Device, true, Domain(Memory("model=\"&#110;vdimm\""))),
        ("hexadecimal reference", LibvirtSees.Device, true, Domain(Memory("model=\"&#x6e;vdimm\""))),
        ("padded reference", LibvirtSees.Device, true, Domain(Memory("model=\"&#x000006e;vdimm\""))),
        ("two entities", LibvirtSees.Device, true, "<!DOCTYPE domain [<!ENTITY a \"nvd\"><!ENTITY b \"imm\">]>" + Domain(Memory("model=\"&a;&b;\""))),
        ("half an entity", LibvirtSees.Device, true, "<!DOCTYPE domain [<!ENTITY a \"imm\">]>" + Domain(Memory("model=\"nvd&a;\""))),
        ("entity behind a prolog", LibvirtSees.Device, true, "<?xml version=\"1.0\"?>\n<!-- x --><!DOCTYPE d [<!ENTITY a \"imm\">]>" + Domain(Memory("model=\"nvd&a;\""))),
        ("entity for the element", LibvirtSees.NoDevice, true, $"<!DOCTYPE domain [<!ENTITY m '{Memory(Model)}'>]>" + Domain("&m;")),
        ("default of the DTD", LibvirtSees.Device, true, "<!DOCTYPE domain [<!ATTLIST memory model CDATA \"nvdimm\">]>" + Domain(Memory(""))),
        ("undeclared entity", LibvirtSees.Nothing, false, Domain(Memory("model=\"nvd&a;\""))),
        ("predefined entity", LibvirtSees.Nothing, false, Domain(Memory("model=\"nvdimm&amp;\""))),
        ("prefix", LibvirtSees.Device, true, Domain(Memory("q:model=\"nvdimm\""), Foreign)),
        ("prefix declared there", LibvirtSees.Device, true, Domain(Memory("q:model=\"nvdimm\" xmlns:q=\"urn:q\""))),
        ("prefix before another model", LibvirtSees.Device, true, Domain(Memory("q:model=\"nvdimm\" model=\"dimm\""), Foreign)),
        ("prefix behind another model", LibvirtSees.NoDevice, true, Domain(Memory("model=\"dimm\" q:model=\"nvdimm\""), Foreign)),
        ("prefix xml", LibvirtSees.Device, true, Domain(Memory("xml:model=\"nvdimm\""))),
        ("undeclared prefix", LibvirtSees.Nothing, true, Domain(Memory("q:model=\"nvdimm\""))),
        ("path with prefix", LibvirtSees.Nothing, true, Domain(Memory(Model).Replace("path>", "q:path>", StringComparison.Ordinal), Foreign)),
        ("memory with prefix", LibvirtSees.NoDevice, true, Domain(Memory(Model).Replace("memory", "q:memory", StringComparison.Ordinal), Foreign)),
        ("memory in a namespace", LibvirtSees.NoDevice, true, Domain(Memory(Model).Replace("<memory", "<memory xmlns=\"urn:q\"", StringComparison.Ordinal))),
        ("domain in a namespace", LibvirtSees.Nothing, true, Domain(Memory(Model), " xmlns=\"urn:q\"")),
        ("two <devices>", LibvirtSees.Device, true, Domain($"</devices><devices>{Memory(Model)}")),
        ("upper case", LibvirtSees.Nothing, false, Domain(Memory("model=\"NVDIMM\""))),
        ("blank before the word", LibvirtSees.Nothing, false, Domain(Memory("model=\" nvdimm\""))),
        ("path in CDATA", LibvirtSees.Device, true, Domain(Memory(Model).Replace("DEVICE", "<![CDATA[DEVICE]]>", StringComparison.Ordinal))),
        ("comment in the path", LibvirtSees.Device, true, Domain(Memory(Model).Replace("DEVICE", "DEVI<!-- -->CE", StringComparison.Ordinal))),
        ("attribute twice", LibvirtSees.Nothing, true, Domain(Memory($"model=\"dimm\" {Model}"))),
        ("in metadata", LibvirtSees.NoDevice, false, Domain("", "", $"<metadata><x:y xmlns:x=\"urn:x\" x:z=\"\">{Memory(Model)}</x:y></metadata>")),
        ("in a comment", LibvirtSees.NoDevice, false, Domain($"<!--{Memory(Model)}-->")),
        ("byte order mark", LibvirtSees.Device, true, "\uFEFF" + Domain(Memory(Model))),
        ("lines before", LibvirtSees.Device, true, "\n " + Domain(Memory(Model))),
        ("version 1.1", LibvirtSees.Device, true, "<?xml version=\"1.1\"?>" + Domain(Memory(Model))),
    ];

    private static IEnumerable<(string Name, LibvirtSees Libvirt, bool IsRefused, string Xml)> Arguments =>
    [
        ("-object and -device", LibvirtSees.Device, true, Domain("", Qemu, Options("-object", File, "-device", Device))),
        ("-device alone", LibvirtSees.NoDevice, false, Domain("", Qemu, Options("-device", Device))),
        ("JSON", LibvirtSees.Device, true, Domain("", Qemu, Options("-object", "{\"qom-type\":\"memory-backend-file\",\"id\":\"m0\",\"mem-path\":\"DEVICE\"}", "-device", Device))),
        ("JSON with a letter escaped", LibvirtSees.Device, true, Domain("", Qemu, Options("-object", "{\"qom-type\":\"memory-backend-file\",\"mem\\u002dpath\":\"DEVICE\"}"))),
        ("JSON with a slash escaped", LibvirtSees.Device, true, Domain("", Qemu, Options("-object", "{\"mem\\u002dpath\":\"\\u002fDEVICE\"}", "-device", "{\"driver\":\"nv\\u0064imm\"}"))),
        ("JSON in single quotes", LibvirtSees.Device, true, Domain("", Qemu, Options("-object", "{&apos;qom-type&apos;:&apos;memory-backend-file&apos;,&apos;mem-path&apos;:&apos;DEVICE&apos;}"))),
        ("-mem-path", LibvirtSees.Device, true, Domain("", Qemu, Options("-mem-path", "DEVICE"))),
        ("another prefix", LibvirtSees.Device, true, Domain("", Qemu.Replace("xmlns:qemu", "xmlns:z", StringComparison.Ordinal), Options("-mem-path", "DEVICE").Replace("qemu:", "z:", StringComparison.Ordinal))),
        ("value with prefix", LibvirtSees.Device, true, Domain("", Qemu + Foreign, Options("-mem-path", "DEVICE").Replace("value", "q:value", StringComparison.Ordinal))),
        ("entity", LibvirtSees.Device, true, "<!DOCTYPE domain [<!ENTITY a \"mem\">]>" + Domain("", Qemu, Options("-&a;-path", "DEVICE"))),
        ("of no file", LibvirtSees.NoDevice, false, Domain("", Qemu, Options("-object", "memory-backend-ram,id=m0,size=1G", "-device", Device))),
    ];

    private static IEnumerable<Spelling> InBytes =>
    [
        new("UTF-16, little end first", LibvirtSees.Nothing, true, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Domain(Memory(Model)))]),
        new("UTF-16, big end first", LibvirtSees.Nothing, true, [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Domain(Memory(Model)))]),
        new("UTF-32", LibvirtSees.Nothing, true, [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(Domain(Memory(Model)))]),
        new("said to be UTF-7", LibvirtSees.Nothing, false, Said("UTF-7", Memory("model=\"+AG4-vdimm\""))),
        new("said to be ISO-2022-JP", LibvirtSees.Nothing, false, Said("ISO-2022-JP", Memory("model=\"n\u001B(Bvdimm\""))),
        new("said to be HZ", LibvirtSees.Nothing, false, Said("HZ", Memory("model=\"nv~{~}dimm\""))),
        new("said to be Shift_JIS", LibvirtSees.Device, true, Said("Shift_JIS", Memory(Model))),
        new("said to be UCS-4", LibvirtSees.Device, true, Said("UCS-4", Memory(Model))),
        new("said to be Latin-1", LibvirtSees.Device, true, Said("ISO-8859-1", Memory(Model))),
        new("said to be of no known encoding", LibvirtSees.Nothing, true, Said("klingon", Memory(Model))),
        new("zero byte in the word", LibvirtSees.Nothing, false, Encoding.UTF8.GetBytes(Domain(Memory("model=\"nvd\0imm\"")))),
        new("zero byte, then a second domain", LibvirtSees.NoDevice, true, Encoding.UTF8.GetBytes(Domain("") + "\0" + Domain(Memory(Model)))),
        new("zero byte behind the end", LibvirtSees.Device, true, Encoding.UTF8.GetBytes(Domain(Memory(Model)) + "\0x")),
        new("overlong letter", LibvirtSees.Nothing, false, Encoding.Latin1.GetBytes(Domain(Memory("model=\"\u00C1\u00AEvdimm\"")))),
    ];

    private static byte[] Said(string encoding, string memory) => Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"{encoding}\"?>" + Domain(memory));

    private static string Domain(string devices, string namespaces = "", string behind = "") =>
        $"<domain type=\"qemu\"{namespaces}>{Head}<devices>{devices}</devices>{behind}</domain>";

    private static string Memory(string model) => $"""
        <memory {model} access="shared"><source><path>DEVICE</path><alignsize unit="KiB">2048</alignsize></source><target><size unit="KiB">919552</size><node>0</node>
        <label><size unit="KiB">128</size></label></target></memory>
        """;

    private static string Options(params string[] values) =>
        $"<qemu:commandline>{string.Concat(values.Select(value => $"<qemu:arg value='{value}'/>"))}</qemu:commandline>";
}
