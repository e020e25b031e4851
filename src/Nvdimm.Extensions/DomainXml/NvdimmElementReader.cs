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

    /// <summary>The access that a memory device has of its own; null if it has none. Any other text is a finding.</summary>
    public static Reading<NvdimmAccess?> ReadAccess(XElement memory)
    {
        var text = (string?)memory.Attribute("access");
        var access = Domain.AccessOf(text);
        if (text is not null && access is null)
        {
            return new(null, [Domain.BadValue(memory, "access", text, "shared or private")]);
        }

        return access;
    }

    /// <summary>Whether a memory device has discard; null if it has no such attribute. Any other text is a finding.</summary>
    public static Reading<bool?> ReadDiscard(XElement memory)
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
        var isSlot = LibvirtNumber.TryDecimal(slotText, out var slot) && slot <= uint.MaxValue;
        ValueList<Finding> ofSlot = isSlot ? [] : [Domain.BadValue(address, "slot", slotText, "a decimal slot number")];
        var (start, ofBase) = ReadBase(address);
        return new(new NvdimmAddress(type, isSlot ? (uint)slot : null, start), Reading.Join(ofSlot, ofBase));
    }

    /// <summary>The base of an address; null if QEMU chooses it.</summary>
    public static Reading<ByteSize?> ReadBase(XElement address)
    {
        var text = (string?)address.Attribute("base");
        var start = LibvirtNumber.Address(text);
        if (text is not null && start is null)
        {
            return new(null, [Domain.BadValue(address, "base", text, "a hexadecimal address below 2^63")]);
        }

        return start > 0 ? ByteSize.FromBytes(start.Value) : null;
    }

    /// <summary>The number in a <c>&lt;node&gt;</c>; null if there is none, or it is not a node number.</summary>
    public static int? NodeOf(XElement? element) => LibvirtNumber.Index(element?.Value);

    /// <summary>The cell of a memory device; null if it names none. Text that is not a node number is a finding.</summary>
    public static Reading<int?> ReadNode(XElement? element)
    {
        var node = NodeOf(element);
        if (node is null && element is { Value: not "" })
        {
            return new(null, [Domain.BadValue(element, "node", element.Value, "a node number")]);
        }

        return node;
    }

    private static Reading<Guid?> ReadUuid(XElement? element)
    {
        // libvirt v9.0.0 src/util/virxml.c, virXPathString: an empty text is none.
        if (element is null or { Value: "" })
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
