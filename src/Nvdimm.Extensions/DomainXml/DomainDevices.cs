using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Inserts elements into a domain's text and removes them.</summary>
internal static class DomainDevices
{
    /// <summary>Appends NVDIMMs to the devices, indented as the others are; on the same line if the others have no line breaks.</summary>
    public static TextEdit Append(Domain domain, IEnumerable<NvdimmElement> elements)
    {
        var text = domain.Xml;
        var span = Domain.SpanOf(domain.Devices);
        var last = domain.Devices.Elements().LastOrDefault();
        var outer = TextLayout.LineBreak(TextLayout.Before(text, span.Start));
        var inner = last is null
            ? Deeper(outer)
            : TextLayout.LineBreak(TextLayout.Before(text, Domain.SpanOf(last).Start));
        var step = inner.Length == 0 ? "" : TextLayout.Step(outer, inner);
        var added = string.Concat(elements.Select(element => inner + NvdimmElementWriter.Write(element, inner, step)));
        if (span.IsEmptyTag)
        {
            var tag = text[span.Start..span.End];
            return new TextEdit(span.Start, tag.Length, $"{tag[..^2].TrimEnd()}>{added}{outer}</{domain.Devices.Name}>");
        }

        // If text precedes the insertion (libvirt reads none there), no white space is added: a later cut could not tell it from that text.
        var end = span.InnerStart + text.AsSpan(span.InnerStart, span.InnerEnd - span.InnerStart).TrimEnd(" \t\r\n").Length;
        return new TextEdit(end, 0, text[end - 1] == '>' ? added : added[inner.Length..]);
    }

    /// <summary>Removes an element and the white space before it.</summary>
    public static TextEdit Cut(Domain domain, XElement element)
    {
        var span = Domain.SpanOf(element);
        var start = span.Start - TextLayout.Before(domain.Xml, span.Start).Length;
        return new TextEdit(start, span.End - start, "");
    }

    private static string Deeper(string lineBreak) => lineBreak.Length == 0 ? "" : lineBreak + TextLayout.Step(lineBreak, lineBreak);
}
