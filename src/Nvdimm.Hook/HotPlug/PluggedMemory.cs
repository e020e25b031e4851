using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Hook.HotPlug;

/// <summary>The memory device that VDSM is about to plug.</summary>
/// <param name="Size">Its size.</param>
/// <param name="PageSize">The huge page that backs it; null for ordinary pages.</param>
/// <param name="Address">The address that it names itself; null where QEMU chooses.</param>
internal sealed record PluggedMemory(ByteSize Size, ByteSize? PageSize, ByteSize? Address)
{
    private const int MaximumCharacters = 1 << 20;

    /// <exception cref="HookException">It is no memory device.</exception>
    public static PluggedMemory Read(string xml)
    {
        var memory = Parse(xml);
        return new PluggedMemory(
            SizeOf(memory.Element("target")?.Element("size")) ?? throw Bad("it has no target size"),
            SizeOf(memory.Element("source")?.Element("pagesize")),
            AddressOf(memory));
    }

    /// <summary>The device at a place; libvirt 9.0.0 takes one only with a slot ("Missing required attribute 'slot' in element 'address'").</summary>
    public static string At(string xml, in GuestMemoryDevice place)
    {
        var memory = Parse(xml);
        memory.Elements("address").Remove();
        memory.Add(new XElement("address", new XAttribute("type", "dimm"), new XAttribute("slot", place.Slot), new XAttribute("base", MemoryHotPlug.Hex(place.Address))));
        return memory.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The address of a memory device; null where it has none.</summary>
    public static ByteSize? AddressOf(XElement memory) =>
        (string?)memory.Element("address")?.Attribute("base") is { } text
        && long.TryParse(text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text, text.StartsWith("0x", StringComparison.Ordinal) ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var address) && address >= 0
            ? ByteSize.FromBytes(address)
            : null;

    /// <summary>A size as VDSM and libvirt write it: MiB, KiB, bytes, and KiB without unit.</summary>
    public static ByteSize? SizeOf(XElement? element) =>
        element is not null && long.TryParse(element.Value.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (string?)element.Attribute("unit") switch
            {
                null or "KiB" or "k" or "K" => ByteSize.FromKiB(count),
                "MiB" or "M" => ByteSize.FromMiB(count),
                "GiB" or "G" => ByteSize.FromMiB(count * 1024),
                "b" or "bytes" or "B" => ByteSize.FromBytes(count),
                var unit => throw Bad($"it has a size in '{unit}'"),
            }
            : null;

    /// <summary>Reads XML without document type.</summary>
    public static XElement Load(string xml)
    {
        using var reader = XmlReader.Create(
            new StringReader(xml),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 16 * MaximumCharacters, CloseInput = true });
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

    private static HookException Bad(string reason) => HookException.Payload("The memory to be plugged", reason);
}
