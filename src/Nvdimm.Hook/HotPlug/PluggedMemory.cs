using System.Xml;
using System.Xml.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Hook.HotPlug;

/// <summary>The memory device that VDSM is about to plug.</summary>
/// <param name="Size">The size of the memory.</param>
/// <param name="PageSize">The size of the huge pages that back it; null for ordinary pages.</param>
/// <param name="Address">The guest-physical address that the device asks for; null if QEMU chooses.</param>
internal sealed record PluggedMemory(ByteSize Size, ByteSize? PageSize, ByteSize? Address)
{
    /// <summary>The guest's NUMA node; null if the device names none.</summary>
    public int? Node { get; init; }

    /// <summary>Whether the device says if its memory is shared or private: libvirt then backs it with a file.</summary>
    public bool HasAccess { get; init; }

    private const int MaximumCharacters = 1 << 20;
    private const string Subject = "The memory to be plugged";

    /// <exception cref="HookException">The XML is not a memory device.</exception>
    public static PluggedMemory Read(string xml)
    {
        var memory = Parse(xml);
        return new PluggedMemory(
            SizeOf(memory.Element("target")?.Element("size")) ?? throw Bad("it has no target size"),
            SizeOf(memory.Element("source")?.Element("pagesize")),
            AddressOf(memory))
        {
            Node = LibvirtNumber.Index(memory.Element("target")?.Element("node")?.Value),
            HasAccess = memory.Attribute("access") is not null,
        };
    }

    /// <summary>
    /// The device's XML with an address. libvirt 9.0.0 takes an address only with a slot ("Missing required attribute 'slot' in element
    /// 'address'").
    /// </summary>
    public static string At(string xml, in GuestMemoryDevice place)
    {
        var memory = Parse(xml);
        var chosen = (string?)memory.Element("address")?.Attribute("slot");
        memory.Elements("address").Remove();
        memory.Add(new XElement(
            "address",
            new XAttribute("type", "dimm"),
            new XAttribute("slot", chosen ?? $"{place.Slot}"),
            new XAttribute("base", MemoryHotPlug.Hex(place.Address))));
        return memory.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>
    /// The guest-physical address of a memory device; null if it has none. In a PCI device, <c>address</c> is the place on the bus; libvirt
    /// from 9.4 on shows the guest-physical address in <c>target</c> instead. libvirt reads the value as hexadecimal with 0x, 0X or no
    /// prefix (measured with 9.0.0).
    /// </summary>
    public static ByteSize? AddressOf(XElement memory) =>
        (string?)(memory.Element("address")?.Attribute("base")
            ?? memory.Element("target")?.Element("address")?.Attribute("base")) is { } text
        && LibvirtNumber.Address(text) is { } address
            ? ByteSize.FromBytes(address)
            : null;

    /// <summary>A size in any unit that libvirt accepts; null if the element is missing.</summary>
    /// <param name="element">The element with the size.</param>
    /// <param name="what">The subject that an error names.</param>
    /// <exception cref="HookException">libvirt does not accept the size.</exception>
    public static ByteSize? SizeOf(XElement? element, string what = Subject)
    {
        if (element is null)
        {
            return null;
        }

        var unit = (string?)element.Attribute("unit");
        return LibvirtSize.TryParse(element.Value, unit, out var size)
            ? size
            : throw HookException.Payload(
                what, $"its <{element.Name.LocalName}> is no size that libvirt takes: '{element.Value}' in '{unit ?? "KiB"}'");
    }

    /// <summary>Parses XML and refuses a document type declaration.</summary>
    public static XElement Load(string xml)
    {
        using var reader = XmlReader.Create(
            new StringReader(xml),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = 16 * MaximumCharacters,
                CloseInput = true,
            });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static XElement Parse(string xml)
    {
        try
        {
            return Load(xml) is { Name.LocalName: "memory" } memory ? memory : throw Bad("it is no memory device");
        }
        catch (XmlException malformed)
        {
            throw Bad(malformed.Message);
        }
    }

    private static HookException Bad(string reason) => HookException.Payload(Subject, reason);
}
