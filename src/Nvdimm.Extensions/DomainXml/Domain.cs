using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml.Linq;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// A libvirt domain: its XML, parsed once for every question about it. Nothing changes it; <see cref="DomainXmlEditor"/> returns new text.
/// Two domains are equal if their texts are. Safe for use by several threads.
/// </summary>
/// <example>
/// <code>
/// var parsed = Domain.Parse(File.ReadAllText("domain.xml"));
/// if (parsed.Domain is { } domain)
/// {
///     foreach (var nvdimm in DomainNvdimms.Read(domain).Elements)
///     {
///         Console.WriteLine(nvdimm.Path);
///     }
/// }
/// </code>
/// </example>
public sealed class Domain : IEquatable<Domain>
{
    /// <summary>The access of each cell by its number.</summary>
    private readonly Dictionary<int, NvdimmAccess?> cellAccess;

    private Domain(string xml, XElement root, XElement devices)
    {
        Xml = xml;
        Root = root;
        Devices = devices;
        cellAccess = Cells.Zip(CellNumbers())
            .Where(cell => cell.Second is not null)
            .DistinctBy(cell => cell.Second)
            .ToDictionary(cell => cell.Second!.Value, cell => AccessOf((string?)cell.First.Attribute("memAccess")));
    }

    /// <summary>The text, as it was parsed.</summary>
    public string Xml { get; }

    internal XElement Root { get; }

    internal XElement Devices { get; }

    /// <summary>The domain's name for findings.</summary>
    internal string Name => Root.Element("name")?.Value ?? "the domain";

    /// <summary>The memory devices of all models.</summary>
    internal IEnumerable<XElement> MemoryDevices => Devices.Elements("memory");

    /// <summary>
    /// The memory devices that take a slot in every libvirt version. libvirt before 9.5 counts all memory devices; from 9.5 virtio-mem,
    /// virtio-pmem and SGX need no slot (its NEWS).
    /// </summary>
    internal IEnumerable<XElement> SlotDevices =>
        MemoryDevices.Where(memory => DomainMemoryDevice.IsSlotModel((string?)memory.Attribute("model")));

    internal IEnumerable<XElement> Nvdimms => MemoryDevices.Where(memory => (string?)memory.Attribute("model") == "nvdimm");

    /// <summary>
    /// The memory devices with the names that findings give them: the path of an NVDIMM, and of any other the model and its place among
    /// those of this model, such as <c>dimm 1</c>.
    /// </summary>
    internal IEnumerable<(string Name, XElement Memory)> NamedMemoryDevices()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var memory in MemoryDevices)
        {
            var model = (string?)memory.Attribute("model") ?? "";
            var number = counts[model] = counts.GetValueOrDefault(model) + 1;
            var kind = model.Length > 0 ? model : "device without model";
            yield return (model == "nvdimm" && PathOf(memory) is { } path ? path : $"{kind} {number}", memory);
        }
    }

    /// <summary>The NUMA cells. Of a second <c>&lt;numa&gt;</c>, libvirt 9.0.0 reads none (measured).</summary>
    internal IEnumerable<XElement> Cells => Root.Elements("cpu").Select(cpu => cpu.Element("numa")).Elements("cell");

    /// <summary>The family whose rules libvirt applies to the domain.</summary>
    internal GuestFamily Family => GuestFamily.ForLibvirt(Architecture);

    /// <summary>The family of the domain once it has these NVDIMMs: if the domain names no architecture, that of the NVDIMMs.</summary>
    internal GuestFamily FamilyBeside(IEnumerable<NvdimmElement> elements) => Architecture is not null
        ? Family
        : elements.Select(element => GuestFamily.ForLibvirt(element.Architecture)).FirstOrDefault(family => family != GuestFamily.X86)
            ?? GuestFamily.X86;

    /// <summary>Whether the domain's CPU is AMD's: by its model if it is emulated; null with KVM.</summary>
    internal bool? HasAmdCpu =>
        (string?)Root.Attribute("type") == "qemu" ? X86Family.IsAmd((string?)Root.Element("cpu")?.Element("model")) : null;

    /// <summary>
    /// Whether the domain's CPU lacks the hypervisor bit: libvirt writes <c>hypervisor=off</c> for both policies (9.0.0, measured).
    /// </summary>
    internal bool HidesHypervisor => Root.Elements("cpu").Elements("feature")
        .Any(feature => (string?)feature.Attribute("name") == "hypervisor"
            && (string?)feature.Attribute("policy") is "disable" or "forbid");

    internal XElement? MaxMemory => Root.Element("maxMemory");

    /// <summary>The architecture; null if the domain names none, and libvirt takes the host's.</summary>
    internal GuestArchitecture? Architecture =>
        (string?)Root.Element("os")?.Element("type")?.Attribute("arch") is { } name && !string.IsNullOrWhiteSpace(name)
            ? GuestArchitecture.FromName(name)
            : null;

    /// <summary>The machine type, such as <c>pc-q35-7.2</c>; null if the domain names none.</summary>
    internal string? Machine => (string?)Root.Element("os")?.Element("type")?.Attribute("machine");

    /// <summary>
    /// Parses a domain: a root <c>domain</c> with one <c>devices</c>, at most one <c>maxMemory</c>, and nothing that libvirt reads but this
    /// library does not. Document types and entities are refused, and nothing is fetched.
    /// </summary>
    /// <param name="xml">The domain, as it is sent to libvirt or as libvirt shows it.</param>
    /// <returns>
    /// The domain; or the reason why the text cannot be read: <see cref="NvdimmCodes.XmlMalformed"/>, <see cref="NvdimmCodes.XmlDtd"/>,
    /// <see cref="NvdimmCodes.XmlTooLarge"/>, <see cref="NvdimmCodes.XmlNotDomain"/> or <see cref="NvdimmCodes.XmlNamespace"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="xml"/> is null.</exception>
    // Of several maxMemory libvirt takes the first (v9.0.0 src/conf/domain_conf.c, virDomainDefParseMemory); if that one were removed, the
    // next would become the maximum.
    public static DomainResult Parse(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        var (parsed, unread) = DomainXmlText.Read(xml);
        if (unread is not null)
        {
            return new DomainResult(null, [unread]);
        }

        var root = parsed!.Root!;
        if (root.Name != "domain")
        {
            return new DomainResult(null, [NotDomain(root, "domain", root.Name.LocalName)]);
        }

        var devices = root.Elements("devices").ToArray();
        if (devices.Length != 1)
        {
            return new DomainResult(null, [NotDomain(root, "devices", devices.Length.ToString(CultureInfo.InvariantCulture))]);
        }

        var maxima = root.Elements("maxMemory").Count();
        if (maxima > 1)
        {
            return new DomainResult(null, [NotDomain(root, "maxMemory", maxima.ToString(CultureInfo.InvariantCulture))]);
        }

        if (Foreign(root) is var (place, name))
        {
            var (line, position) = DomainXmlText.PlaceOf(place);
            return new DomainResult(null, [Finding.Error(NvdimmCodes.XmlNamespace, ("name", name), line, position)]);
        }

        return new DomainResult(new Domain(xml, root, devices[0]), []);
    }

    /// <inheritdoc/>
    public bool Equals(Domain? other) => other is not null && string.Equals(Xml, other.Xml, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Domain);

    /// <inheritdoc/>
    public override int GetHashCode() => Xml.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the text.</summary>
    public override string ToString() => Xml;

    /// <summary>
    /// Finds an attribute in a namespace, or an element in a namespace below the children of the root, outside <c>&lt;metadata&gt;</c>;
    /// null if there is none. libvirt compares attributes and some elements by their local names only (<c>xmlGetProp</c>,
    /// <c>xmlStrEqual</c> of their names), so it reads <c>q:model='nvdimm'</c> as a model. It never writes such names itself.
    /// </summary>
    private static (XElement Place, string Name)? Foreign(XElement root)
    {
        var children = root.Elements().Where(child => child.Name != "metadata");
        foreach (var element in children.SelectMany(child => child.DescendantsAndSelf()).Prepend(root))
        {
            if (element.Parent is { } parent
                && parent != root
                && parent.Name.Namespace == XNamespace.None
                && element.Name.Namespace != XNamespace.None)
            {
                return (element, element.Name.LocalName);
            }

            if (element.Attributes().FirstOrDefault(IsForeign) is { } foreign)
            {
                return (element, foreign.Name.LocalName);
            }
        }

        return null;
    }

    private static bool IsForeign(XAttribute attribute) => !attribute.IsNamespaceDeclaration && attribute.Name.Namespace != XNamespace.None;

    internal static TextSpan SpanOf(XElement element) => element.Annotation<TextSpan>()!;

    internal static string? PathOf(XElement memory) => memory.Element("source")?.Element("path")?.Value;

    /// <summary>Creates the finding that a value cannot be read, with the position of its element.</summary>
    internal static Finding BadValue(XElement place, string element, string? value, string expected)
    {
        var (line, position) = DomainXmlText.PlaceOf(place);
        return Finding.Error(NvdimmCodes.XmlBadValue, ("value", value ?? ""), ("element", element), ("expected", expected), line, position);
    }

    /// <summary>
    /// The numbers of the NUMA cells, in their order; null for a cell whose id is no number. libvirt numbers cells without an id by their
    /// order.
    /// </summary>
    internal IEnumerable<int?> CellNumbers() =>
        Cells.Select((cell, index) => (string?)cell.Attribute("id") is { } id ? LibvirtNumber.Index(id) : index);

    /// <summary>Reads an access as libvirt spells it; null for any other text.</summary>
    internal static NvdimmAccess? AccessOf(string? text) => text switch
    {
        "shared" => NvdimmAccess.Shared,
        "private" => NvdimmAccess.Private,
        _ => null,
    };

    /// <summary>
    /// The access that a memory device on this node inherits if it has none of its own: the cell's, otherwise that of
    /// <c>&lt;memoryBacking&gt;</c>; null if neither has one.
    /// </summary>
    // libvirt v9.0.0 src/qemu/qemu_command.c, qemuBuildMemoryBackendProps.
    internal NvdimmAccess? InheritedAccess(int? node)
    {
        var own = node is { } number ? cellAccess.GetValueOrDefault(number) : null;
        return own ?? AccessOf((string?)Root.Element("memoryBacking")?.Element("access")?.Attribute("mode"));
    }

    /// <summary>
    /// The memory in bytes that the guest boots with, without memory devices, as written. libvirt takes the sum of the cells and overwrites
    /// <c>&lt;memory&gt;</c>. Without cells <c>&lt;memory&gt;</c> includes the devices, and libvirt subtracts them (libvirt 9.0.0, measured
    /// on POWER: 1024 MiB with an NVDIMM of 512 MiB and label gives <c>-m size=524288k</c>).
    /// </summary>
    /// <returns>The memory; null with a finding if a value cannot be read, and without one if the devices leave nothing.</returns>
    internal Reading<ByteSize?> InitialMemory() => InitialMemory(TargetSizes(MemoryDevices));

    /// <summary>Reads the target sizes of memory devices, lazily; null, with a finding, for a size that cannot be read.</summary>
    internal static IEnumerable<Reading<ByteSize?>> TargetSizes(IEnumerable<XElement> devices) =>
        devices.Select(device => DomainSizes.Read(device.Element("target")?.Element("size"), device, "size"));

    /// <summary>
    /// As above, if the domain had devices of these sizes instead of its own. A reading without a value is a size that cannot be read; its
    /// findings are returned.
    /// </summary>
    internal Reading<ByteSize?> InitialMemory(IEnumerable<Reading<ByteSize?>> deviceSizes)
    {
        if (Cells.Any())
        {
            return CellMemory();
        }

        var all = DomainSizes.Read(Root.Element("memory"), Root, "memory");
        if (all.Value is not { } total)
        {
            return all;
        }

        Int128? left = total.Bytes;
        var findings = new List<Finding>();
        foreach (var (size, ofSize) in deviceSizes)
        {
            left = size is { } deviceSize ? left - deviceSize.Bytes : null;
            findings.AddRange(ofSize);
        }

        return new(left > 0 ? ByteSize.FromBytes((long)left.Value) : null, findings.ToValueList());
    }

    private Reading<ByteSize?> CellMemory()
    {
        var total = ByteSize.Zero;
        foreach (var cell in Cells)
        {
            var text = (string?)cell.Attribute("memory");
            if (!LibvirtSize.TryParse(text, (string?)cell.Attribute("unit"), out var size) || size.Bytes > long.MaxValue - total.Bytes)
            {
                return new(null, [BadValue(cell, "cell", text, DomainSizes.Expected)]);
            }

            total += size;
        }

        return total;
    }

    private static Finding NotDomain(XElement place, string element, string actual)
    {
        var (line, position) = DomainXmlText.PlaceOf(place);
        return Finding.Error(NvdimmCodes.XmlNotDomain, ("element", element), ("found", actual), line, position);
    }
}

/// <summary>A parsed domain, or the reason why its text cannot be read.</summary>
/// <param name="Domain">The domain; null if the text cannot be read.</param>
/// <param name="Findings">The reason; empty if there is a domain.</param>
public sealed record DomainResult(Domain? Domain, ValueList<Finding> Findings)
{
    /// <summary>Whether the text cannot be read. Then <see cref="Domain"/> is null.</summary>
    [MemberNotNullWhen(false, nameof(Domain))]
    public bool IsRefused => Domain is null;
}
