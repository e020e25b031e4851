using System.Globalization;
using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Reads one NVDIMM of a domain.</summary>
internal static class NvdimmElementReader
{
    /// <summary>Returns the element; null if a value in it cannot be read. Then every such value is a finding.</summary>
    /// <param name="memory">The NVDIMM.</param>
    /// <param name="domain">The domain of the NVDIMM.</param>
    public static Reading<NvdimmElement?> Read(XElement memory, Domain domain)
    {
        var source = memory.Element("source");
        var target = memory.Element("target");
        var path = Domain.PathOf(memory);
        ValueList<Finding> ofPath = string.IsNullOrEmpty(path) ? [Domain.BadValue(memory, "path", path, "a path")] : [];
        var (size, ofSize) = DomainSizes.Read(target?.Element("size"), memory, "size");
        var (align, ofAlign) = DomainSizes.ReadOptional(source?.Element("alignsize"), "alignsize");
        var (label, ofLabel) = DomainSizes.ReadOptional(target?.Element("label")?.Element("size"), "size");
        var (node, ofNode) = ReadNode(target?.Element("node"));
        var (uuid, ofUuid) = ReadUuid(memory.Element("uuid"));
        var (access, ofAccess) = ReadAccess(memory);
        var (discard, ofDiscard) = ReadDiscard(memory);
        var (address, ofAddress) = ReadAddress(memory.Element("address"));
        var findings = Reading.Join(ofPath, ofSize, ofAlign, ofLabel, ofNode, ofUuid, ofAccess, ofDiscard, ofAddress);
        if (findings.Count > 0)
        {
            return new(null, findings);
        }

        return new NvdimmElement(path!, size!.Value)
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

    private static Reading<NvdimmAccess?> ReadAccess(XElement memory)
    {
        var text = (string?)memory.Attribute("access");
        var access = Domain.AccessOf(text);
        if (text is not null && access is null)
        {
            return new(null, [Domain.BadValue(memory, "access", text, "shared or private")]);
        }

        return access;
    }

    private static Reading<bool?> ReadDiscard(XElement memory)
    {
        switch ((string?)memory.Attribute("discard"))
        {
            case null:
                return new(null, []);
            case "yes":
                return true;
            case "no":
                return false;
            case var text:
                return new(null, [Domain.BadValue(memory, "discard", text, "yes or no")]);
        }
    }

    /// <summary>Reads an address; null if there is none. Each value that cannot be read is a finding.</summary>
    // libvirt v9.0.0 src/conf/device_conf.c, virDomainDeviceDimmAddressParseXML: a decimal slot, which is required, and a hexadecimal base.
    public static Reading<NvdimmAddress?> ReadAddress(XElement? address)
    {
        if (address is null)
        {
            return new(null, []);
        }

        var type = (string?)address.Attribute("type");
        if (type != "dimm")
        {
            return new NvdimmAddress(type, null, null);
        }

        var slotText = (string?)address.Attribute("slot");
        ValueList<Finding> ofSlot = uint.TryParse(slotText, NumberStyles.None, CultureInfo.InvariantCulture, out var slot)
            ? []
            : [Domain.BadValue(address, "slot", slotText, "a decimal slot number")];
        var (start, ofBase) = ReadBase(address);
        return new(new NvdimmAddress(type, slot, start), Reading.Join(ofSlot, ofBase));
    }

    /// <summary>The base of an address; null if QEMU chooses it.</summary>
    public static Reading<ByteSize?> ReadBase(XElement address)
    {
        var start = 0L;
        if ((string?)address.Attribute("base") is { } text && !TryHexadecimal(text, out start))
        {
            return new(null, [Domain.BadValue(address, "base", text, "a hexadecimal address below 2^63")]);
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

    private static Reading<int?> ReadNode(XElement? element)
    {
        var node = NodeOf(element);
        if (node is null && element is not null)
        {
            return new(null, [Domain.BadValue(element, "node", element.Value, "a node number")]);
        }

        return node;
    }

    private static Reading<Guid?> ReadUuid(XElement? element)
    {
        if (element is null)
        {
            return new(null, []);
        }

        // libvirt v9.0.0 src/util/viruuid.c, virUUIDParse: hyphens may be left out.
        var text = element.Value.Trim();
        if (Guid.TryParseExact(text, "D", out var uuid) || Guid.TryParseExact(text, "N", out uuid))
        {
            return uuid;
        }

        return new(null, [Domain.BadValue(element, "uuid", element.Value, "a uuid")]);
    }
}
