using System.Text;
using System.Xml;
using System.Xml.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Fuzzing.Shared;

namespace Nvdimm.Fuzzing.Targets;

/// <summary>What reads and edits domain XML.</summary>
internal sealed class DomainTarget : FuzzTarget
{
    // Lone surrogates, which no UTF-8 has, but a .NET string can have.
    private const char High = '\uE001';
    private const char Low = '\uE002';

    private static readonly string[] Words =
    [
        "<memory model='nvdimm'>", "<memory model=\"nvdimm\" access=\"shared\"><source><path>/dev/pmem7</path></source><target><size unit=\"KiB\">919552</size><node>0</node><label><size unit='KiB'>128</size></label></target></memory>",
        "<memory model='dimm'><target><size unit='MiB'>128</size><node>0</node></target></memory>", "<uuid>8d7bbf1a-4f0e-4c0e-9f86-3d2b5a0f6e11</uuid>",
        "<maxMemory slots=\"16\">1968128</maxMemory>", "<maxMemory slots='16' unit='GiB'>4</maxMemory>", "<maxMemory/>", "<memory unit='bytes'>1048577</memory>",
        "<currentMemory>1</currentMemory>", "<cpu><numa><cell id='0' cpus='0' memory='1048576'/></numa></cpu>", "<cell id='1' memory='1' unit='TiB'/>",
        "<numatune><memory nodeset='0-3,^2'/><memnode cellid='0' nodeset='1'/></numatune>", " nodeset='0-1023'", " cellid='0'", " id='0'", " slots='16'", " model='nvdimm'",
        " unit='EiB'", " unit='kB'", " unit='b'", "<alias name='ua-1'/>", "<source><path>/dev/pmem0</path></source>", "<source dev='/dev/pmem0'/>", "<path>/dev/pmem0</path>",
        "<devices>", "</devices>", "<devices/>", "</domain>", "<domain>", "<features><acpi/></features>", "<os><type arch='ppc64'>hvm</type></os>", " arch='x86_64'", " arch=' '",
        "<!-- -->", "<!-- <maxMemory> -->", "<![CDATA[ ]]>", "<?pi ?>", "<!DOCTYPE domain [<!ENTITY a 'b'>]>", "&a;", "&amp;", "&#10;", "&#xD800;", "&#0;", "\r", "\r\n", "\u0085", "\u2028",
        "\ufeff", "<?xml version='1.0' encoding='utf-16'?>", "<?xml version='1.1'?>", " xmlns='urn:x'", " xmlns:x='urn:x'", "x:", " a='>'", " a=\"'>\"", "]]>", "\u00e9", "\U0001F4BE",
        High.ToString(), Low.ToString(), "/dev/pmem0", "0", "",
    ];

    private static readonly NvdimmElement Ordinary = Element(GuestArchitecture.X86_64, 1025, 4, 0);
    private static readonly NvdimmElement Power = Element(GuestArchitecture.Ppc64, 513, 64, 0);

    public override string Name => "domain";

    public override IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Select(Encoding.UTF8.GetBytes)];

    public override IReadOnlyList<(byte[] Open, byte[] Close)> Wrappings { get; } =
    [
        ("<a>"u8.ToArray(), "</a>"u8.ToArray()), ("<!--"u8.ToArray(), "-->"u8.ToArray()), ("<![CDATA["u8.ToArray(), "]]>"u8.ToArray()), ("\n  "u8.ToArray(), "\n"u8.ToArray()),
        ("<devices>"u8.ToArray(), "</devices>"u8.ToArray()),
    ];

    protected override long AllocatedPerByte => 4000;

    protected override long AllocatedAtMost => 4 << 20;

    public override IEnumerable<byte[]> Samples() =>
    [
        .. Directory.EnumerateFiles(TestFiles.PathOf("domain"), "*.xml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
        """<domain><name>vm</name><memory>1048576</memory><os><type arch="x86_64">hvm</type></os><features><acpi/></features><cpu><numa><cell cpus="0" memory="1048576"/></numa></cpu><devices><memballoon model="none"/></devices></domain>"""u8.ToArray(),
    ];

    public override void FindParts(byte[] input, List<InputPart> parts) => XmlParts.Find(input, parts);

    protected override void Read(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input).Replace(High, '\uD800').Replace(Low, '\uDC00');
        var guest = DomainGuest.Read(text);
        Must.Hold(guest.IsRefused == guest.Findings.Count > 0, "a guest with findings, or none without");
        Must.BeReadable(guest.Findings);
        if (guest.Findings is [{ Code: not NvdimmCodes.XmlBadValue } whole])
        {
            CheckRefused(text, whole);
            return;
        }

        var domain = DomainNvdimms.Read(text);
        Must.BeReadable(domain.Findings);
        Must.Hold(domain.Elements.All(IsSound), "an NVDIMM without path or with a size that is not in KiB");
        var hasUuid = guest.Guest?.Architecture?.Family is { HasUuid: true };
        var node = guest.Guest is { NumaNodes: [var first, ..] } ? first.Index : 0;
        var element = node == 0 ? (hasUuid ? Power : Ordinary) : Element(hasUuid ? GuestArchitecture.Ppc64 : GuestArchitecture.X86_64, 1025, hasUuid ? 64 : 4, node);
        CheckAdd(text, domain, element);
        foreach (var path in domain.Elements.Select(element => element.Path).Distinct(StringComparer.Ordinal).Take(2))
        {
            CheckRemove(text, domain, path);
        }
    }

    private static NvdimmElement Element(GuestArchitecture architecture, long mebibytes, long alignKibibytes, int node)
    {
        var device = new NvdimmDevice
        {
            Name = "namespace0.0",
            Path = "/dev/pmem0",
            Size = ByteSize.FromMiB(mebibytes),
            Align = Alignment.FromKiB(alignKibibytes),
            Uuid = new Guid("8d7bbf1a-4f0e-4c0e-9f86-3d2b5a0f6e11"),
        };
        return NvdimmElement.Create(device, NvdimmSizer.Size(new SizingRequest(architecture, device.Size.Value) { Align = device.Align }), node).Element!;
    }

    private static bool IsSound(NvdimmElement element) => element.Path.Length > 0 && element.TargetSize.Bytes % 1024 == 0 && element.ToXml().Length > 0;

    /// <summary>A text that cannot be read as a whole is refused by all in the same way.</summary>
    private static void CheckRefused(string text, Finding whole)
    {
        Must.Hold(DomainNvdimms.Read(text) is { Elements.Count: 0, Findings: [var read] } && read == whole, "NVDIMMs of a text that is no domain");
        Must.Hold(text.Length % 8 != 0 || (DomainXmlEditor.Add(text, Ordinary) is { IsRefused: true, Findings: [var added] } && added == whole), "an edit of a text that is no domain");
    }

    private static void CheckAdd(string text, DomainNvdimmsResult before, NvdimmElement element)
    {
        var added = Checked(DomainXmlEditor.Add(text, element));
        if (added is null)
        {
            return;
        }

        var after = DomainNvdimms.Read(added);
        Must.Hold(Texts(after.Elements).SequenceEqual([.. Texts(before.Elements), .. Texts([element])]), "what was added is not what is read");
        Must.Hold(Codes(after.Findings).SequenceEqual(Codes(before.Findings)), "the domain has other faults than before");
        Must.Hold(SkeletonOf(added, element.Path) == SkeletonOf(text, path: null), "something else than devices and maxMemory has changed");
        Must.Hold(DomainXmlEditor.Add(added, element).Findings.Any(finding => finding.Code == NvdimmCodes.AlreadyAttached), "the same device twice");
        CheckWayBack(text, added, element);
    }

    /// <summary>Remove(Add(x)) is x, but for what is documented: a maximum below what the domain needs, and a devices tag that was empty.</summary>
    private static void CheckWayBack(string text, string added, NvdimmElement element)
    {
        var result = DomainXmlEditor.Remove(added, element.Path);
        var back = Checked(result);
        if (back is null)
        {
            Must.Hold(Codes(result.Findings).All(code => code == NvdimmCodes.XmlBadValue), "what was added cannot be removed");
            return;
        }

        var (old, now) = (DomainGuest.Read(text).Guest?.MaxMemory, DomainGuest.Read(back).Guest?.MaxMemory);
        Must.Hold(old is null || now is null || (now >= old && now <= old + element.TargetSize + ByteSize.FromMiB(2)), "another maximum than before");
        Must.Hold(SkeletonOf(back, path: null) == SkeletonOf(text, path: null), "removing does not undo adding");
        var (cutText, cutBack) = (new MaxMemoryCut(text), new MaxMemoryCut(back));
        if (!cutText.HasEmptyDevices)
        {
            Must.Hold(cutBack.TextFor(cutText) == cutText.TextFor(cutBack), "removing does not undo adding to the character");
        }
    }

    private static void CheckRemove(string text, DomainNvdimmsResult before, string path)
    {
        if (Checked(DomainXmlEditor.Remove(text, path)) is { } removed)
        {
            var rest = before.Elements.Where(element => element.Path != path);
            Must.Hold(Texts(DomainNvdimms.Read(removed).Elements).SequenceEqual(Texts(rest)), "other NVDIMMs than the one have gone or stayed");
            Must.Hold(SkeletonOf(removed, path: null) == SkeletonOf(text, path), "something else than the NVDIMM and maxMemory has changed");
        }
    }

    private static string? Checked(DomainXmlResult result)
    {
        Must.BeReadable(result.Findings);
        Must.Hold(result.IsRefused == result.Findings.Any(finding => finding.Severity == Severity.Error), "a refusal without reason, or a text with an error");
        return result.Xml;
    }

    private static IEnumerable<string> Texts(IEnumerable<NvdimmElement> elements) => elements.Select(element => $"{element.ToXml()} {element.Alias}");

    private static IEnumerable<string> Codes(IEnumerable<Finding> findings) => findings.Select(finding => finding.Code);

    /// <summary>The domain without its maximum, without the NVDIMMs of that path, and without the white space around these.</summary>
    private static string SkeletonOf(string text, string? path)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var root = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        root.Element("maxMemory")?.Remove();
        root.Element("devices")!.Elements("memory")
            .Where(memory => (string?)memory.Attribute("model") == "nvdimm" && path is not null && memory.Element("source")?.Element("path")?.Value == path)
            .Remove();
        var devices = root.Element("devices")!;
        foreach (var node in root.Nodes().Concat(devices.Nodes()).OfType<XText>().Where(node => node.NodeType == XmlNodeType.Text).ToList())
        {
            node.Value = string.Concat(node.Value.Where(character => !char.IsWhiteSpace(character)));
        }

        if (devices.Nodes().All(node => node is XText { NodeType: XmlNodeType.Text, Value: "" }))
        {
            devices.RemoveNodes();
        }

        return root.Document!.ToString(SaveOptions.DisableFormatting);
    }
}
