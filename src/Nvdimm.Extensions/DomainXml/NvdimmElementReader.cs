using System.Globalization;
using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Reads one NVDIMM of a domain.</summary>
internal static class NvdimmElementReader
{
    /// <summary>The element; null where a value in it cannot be read, and then every such value is a finding.</summary>
    public static NvdimmElement? Read(XElement memory, GuestArchitecture? architecture, List<Finding> findings)
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
        findings.AddRange(own);
        return own.Count > 0
            ? null
            : new NvdimmElement(path!, size!.Value)
            {
                AlignSize = align,
                LabelSize = label,
                GuestNode = node,
                Uuid = uuid,
                Alias = (string?)memory.Element("alias")?.Attribute("name"),
                IsShared = (string?)memory.Attribute("access") == "shared",
                IsPmem = source?.Element("pmem") is not null,
                Architecture = architecture,
            };
    }

    private static int? ReadNode(XElement? element, List<Finding> findings)
    {
        if (element is null)
        {
            return null;
        }

        if (int.TryParse(element.Value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var node))
        {
            return node;
        }

        findings.Add(DomainDocument.BadValue(element, "node", element.Value, "a node number"));
        return null;
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
