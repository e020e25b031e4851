using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Reads size elements.</summary>
internal static class DomainSizes
{
    /// <summary>What a finding says was expected.</summary>
    public const string Expected = "a size that libvirt reads";

    /// <summary>The size in an element, or null and a finding.</summary>
    /// <param name="element">The element, or null where it is missing.</param>
    /// <param name="parent">Where it should be, for the finding's place.</param>
    /// <param name="name">Its name, for the finding.</param>
    /// <param name="findings">Where the finding goes.</param>
    public static ByteSize? Read(XElement? element, XElement parent, string name, List<Finding> findings)
    {
        if (LibvirtSize.TryParse(element?.Value, (string?)element?.Attribute("unit"), out var size))
        {
            return size;
        }

        var unit = (string?)element?.Attribute("unit");
        findings.Add(DomainDocument.BadValue(element ?? parent, name, unit is null ? element?.Value : $"{element!.Value} {unit}", Expected));
        return null;
    }

    /// <summary>The same for an element that may be missing, which is null without a finding.</summary>
    public static ByteSize? ReadOptional(XElement? element, string name, List<Finding> findings) =>
        element is null ? null : Read(element, element, name, findings);
}
