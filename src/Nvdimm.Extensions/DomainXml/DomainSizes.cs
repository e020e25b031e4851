using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Reads size elements.</summary>
internal static class DomainSizes
{
    /// <summary>The expectation that a finding states.</summary>
    public const string Expected = "a size that libvirt reads";

    /// <summary>Reads the size in an element, rounded up to whole KiB; null, with a finding, if it cannot be read.</summary>
    /// <param name="element">The element; null if it is missing.</param>
    /// <param name="parent">The element in which it should be; the finding gives its position.</param>
    /// <param name="name">The element's name for the finding.</param>
    public static Reading<ByteSize?> Read(XElement? element, XElement parent, string name)
    {
        if (LibvirtSize.TryParse(element?.Value, (string?)element?.Attribute("unit"), out var size))
        {
            return size;
        }

        var unit = (string?)element?.Attribute("unit");
        var text = unit is null ? element?.Value : $"{element!.Value} {unit}";
        return new(null, [Domain.BadValue(element ?? parent, name, text, Expected)]);
    }

    /// <summary>As <see cref="Read"/>, but an element that is missing or empty is null without a finding, as for libvirt.</summary>
    // libvirt v9.0.0 src/util/virxml.c, virXPathString: an empty text is none.
    public static Reading<ByteSize?> ReadOptional(XElement? element, string name) =>
        element is null or { Value: "" } ? new(null, []) : Read(element, element, name);
}
