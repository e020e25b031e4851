using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>A domain XML: its text, and what of it matters for NVDIMMs.</summary>
internal sealed class DomainDocument
{
    /// <summary>The last text that was read, and what it is: whoever asks several things of a domain pays for one reading. Nothing changes it.</summary>
    [ThreadStatic]
    private static WeakReference<DomainDocument>? last;

    private DomainDocument(string text, XElement root, XElement devices)
    {
        Text = text;
        Root = root;
        Devices = devices;
    }

    public string Text { get; }

    public XElement Root { get; }

    public XElement Devices { get; }

    /// <summary>The domain's name, for findings.</summary>
    public string Name => Root.Element("name")?.Value ?? "the domain";

    /// <summary>The memory devices: NVDIMMs, DIMMs and the others that take a slot.</summary>
    public IEnumerable<XElement> MemoryDevices => Devices.Elements("memory");

    public IEnumerable<XElement> Nvdimms => MemoryDevices.Where(memory => (string?)memory.Attribute("model") == "nvdimm");

    public IEnumerable<XElement> Cells => Root.Elements("cpu").Elements("numa").Elements("cell");

    public XElement? MaxMemory => Root.Element("maxMemory");

    /// <summary>The architecture; null where the domain names none, and libvirt takes the host's.</summary>
    public GuestArchitecture? Architecture =>
        (string?)Root.Element("os")?.Element("type")?.Attribute("arch") is { } name && !string.IsNullOrWhiteSpace(name)
            ? GuestArchitecture.FromName(name)
            : null;

    /// <summary>The machine type, such as <c>pc-q35-7.2</c>; null where the domain names none.</summary>
    public string? Machine => (string?)Root.Element("os")?.Element("type")?.Attribute("machine");

    /// <summary>
    /// Reads a domain: a root <c>domain</c> with one <c>devices</c> and at most one <c>maxMemory</c>. libvirt would take the first of several
    /// (v9.0.0 <c>src/conf/domain_conf.c</c>, virDomainDefParseMemory), and where that one is removed the next would become the maximum.
    /// </summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out DomainDocument? document, [NotNullWhen(false)] out Finding? finding)
    {
        if (last is not null && last.TryGetTarget(out document) && ReferenceEquals(document.Text, text))
        {
            finding = null;
            return true;
        }

        document = null;
        (var parsed, finding) = DomainXmlText.Read(text);
        if (finding is not null)
        {
            return false;
        }

        var root = parsed!.Root!;
        if (root.Name != "domain")
        {
            finding = NotDomain(root, "domain", root.Name.LocalName);
            return false;
        }

        var devices = root.Elements("devices").ToArray();
        if (devices.Length != 1)
        {
            finding = NotDomain(root, "devices", devices.Length.ToString(CultureInfo.InvariantCulture));
            return false;
        }

        var maxima = root.Elements("maxMemory").Count();
        if (maxima > 1)
        {
            finding = NotDomain(root, "maxMemory", maxima.ToString(CultureInfo.InvariantCulture));
            return false;
        }

        document = new DomainDocument(text, root, devices[0]);
        last = new WeakReference<DomainDocument>(document);
        return true;
    }

    public static TextSpan SpanOf(XElement element) => element.Annotation<TextSpan>()!;

    public static string? PathOf(XElement memory) => memory.Element("source")?.Element("path")?.Value;

    /// <summary>A value that cannot be read, with the place of its element.</summary>
    public static Finding BadValue(XElement place, string element, string? value, string expected)
    {
        var (line, position) = DomainXmlText.PlaceOf(place);
        return Finding.Error(NvdimmCodes.XmlBadValue, ("value", value ?? ""), ("element", element), ("expected", expected), line, position);
    }

    /// <summary>The numbers of the NUMA cells; libvirt counts those without one.</summary>
    public IEnumerable<string> CellIds() =>
        Cells.Select((cell, index) => (string?)cell.Attribute("id") ?? index.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// The memory that the guest boots with, without memory devices. libvirt takes the sum of the cells and overwrites
    /// <c>&lt;memory&gt;</c>, which in its own XML includes the devices (libvirt v9.0.0, measured).
    /// </summary>
    public ByteSize? InitialMemory(List<Finding> findings)
    {
        var total = ByteSize.Zero;
        var cells = Cells.ToArray();
        if (cells.Length == 0)
        {
            return DomainSizes.Read(Root.Element("memory"), Root, "memory", findings);
        }

        foreach (var cell in cells)
        {
            var text = (string?)cell.Attribute("memory");
            if (!LibvirtSize.TryParse(text, (string?)cell.Attribute("unit"), out var size) || size.Bytes > long.MaxValue - total.Bytes)
            {
                findings.Add(BadValue(cell, "cell", text, DomainSizes.Expected));
                return null;
            }

            total += size;
        }

        return total;
    }

    private static Finding NotDomain(XElement place, string element, string found)
    {
        var (line, position) = DomainXmlText.PlaceOf(place);
        return Finding.Error(NvdimmCodes.XmlNotDomain, ("element", element), ("found", found), line, position);
    }
}
