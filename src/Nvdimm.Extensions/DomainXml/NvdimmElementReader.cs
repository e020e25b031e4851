using System.Globalization;
using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Reads one NVDIMM of a domain.</summary>
internal static class NvdimmElementReader
{
    /// <summary>Returns the element; null if a value in it cannot be read. Then every such value is a finding.</summary>
    /// <param name="memory">The NVDIMM.</param>
    /// <param name="domain">The domain of the NVDIMM.</param>
    /// <param name="findings">The list to which findings are added.</param>
    public static NvdimmElement? Read(XElement memory, DomainDocument domain, List<Finding> findings)
    {
        var own = new List<Finding>();
        var source = memory.Element("source");
        var target = memory.Element("target");
        var path = DomainDocument.PathOf(memory);
        if (string.IsNullOrEmpty(path))
        {
            own.Add(DomainDocument.BadValue(memory, "path", path, "a path"));
        }

        var size = DomainSizes.Read(target?.Element("size"), memory, "size", own);
        var align = DomainSizes.ReadOptional(source?.Element("alignsize"), "alignsize", own);
        var label = DomainSizes.ReadOptional(target?.Element("label")?.Element("size"), "size", own);
        var node = ReadNode(target?.Element("node"), own);
        var uuid = ReadUuid(memory.Element("uuid"), own);
        var access = ReadAccess(memory, own);
        var discard = ReadDiscard(memory, own);
        var address = memory.Element("address") is { } place ? ReadAddress(place, own) : null;
        findings.AddRange(own);
        return own.Count > 0
            ? null
            : new NvdimmElement(path!, size!.Value)
            {
                AlignSize = align is { Bytes: > 0 } ? align : null,
                LabelSize = label is { Bytes: > 0 } ? label : null,
                GuestNode = node,
                Uuid = uuid,
                Alias = (string?)memory.Element("alias")?.Attribute("name"),
                Access = access,
                InheritedAccess = domain.InheritedAccess(node),
                Discard = discard,
                IsReadOnly = target?.Element("readonly") is not null,
                Address = address,
                IsPmem = source?.Element("pmem") is not null,
                Architecture = domain.Architecture,
            };
    }

    private static NvdimmAccess? ReadAccess(XElement memory, List<Finding> findings)
    {
        var text = (string?)memory.Attribute("access");
        var access = DomainDocument.AccessOf(text);
        if (text is not null && access is null)
        {
            findings.Add(DomainDocument.BadValue(memory, "access", text, "shared or private"));
        }

        return access;
    }

    private static bool? ReadDiscard(XElement memory, List<Finding> findings)
    {
        switch ((string?)memory.Attribute("discard"))
        {
            case null:
                return null;
            case "yes":
                return true;
            case "no":
                return false;
            case var text:
                findings.Add(DomainDocument.BadValue(memory, "discard", text, "yes or no"));
                return null;
        }
    }

    /// <summary>Reads an address. Each value that cannot be read is a finding.</summary>
    // libvirt v9.0.0 src/conf/device_conf.c, virDomainDeviceDimmAddressParseXML: a decimal slot, which is required, and a hexadecimal base.
    public static NvdimmAddress ReadAddress(XElement address, List<Finding> findings)
    {
        var type = (string?)address.Attribute("type");
        if (type != "dimm")
        {
            return new NvdimmAddress(type, null, null);
        }

        var slotText = (string?)address.Attribute("slot");
        if (!uint.TryParse(slotText, NumberStyles.None, CultureInfo.InvariantCulture, out var slot))
        {
            findings.Add(DomainDocument.BadValue(address, "slot", slotText, "a decimal slot number"));
        }

        return new NvdimmAddress(type, slot, ReadBase(address, findings));
    }

    /// <summary>The base of an address; null if QEMU chooses it.</summary>
    public static ByteSize? ReadBase(XElement address, List<Finding> findings)
    {
        var start = 0L;
        if ((string?)address.Attribute("base") is { } text && !TryHexadecimal(text, out start))
        {
            findings.Add(DomainDocument.BadValue(address, "base", text, "a hexadecimal address below 2^63"));
        }

        return start > 0 ? ByteSize.FromBytes(start) : null;
    }

    private static bool TryHexadecimal(string text, out long value)
    {
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        return long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value >= 0;
    }

    /// <summary>The number in a <c>&lt;node&gt;</c>; null if there is none, or it is not a number.</summary>
    public static int? NodeOf(XElement? element) =>
        int.TryParse(element?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var node) ? node : null;

    private static int? ReadNode(XElement? element, List<Finding> findings)
    {
        var node = NodeOf(element);
        if (node is null && element is not null)
        {
            findings.Add(DomainDocument.BadValue(element, "node", element.Value, "a node number"));
        }

        return node;
    }

    private static Guid? ReadUuid(XElement? element, List<Finding> findings)
    {
        if (element is null)
        {
            return null;
        }

        // libvirt v9.0.0 src/util/viruuid.c, virUUIDParse: hyphens may be left out.
        var text = element.Value.Trim();
        if (Guid.TryParseExact(text, "D", out var uuid) || Guid.TryParseExact(text, "N", out uuid))
        {
            return uuid;
        }

        findings.Add(DomainDocument.BadValue(element, "uuid", element.Value, "a uuid"));
        return null;
    }
}
