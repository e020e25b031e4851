using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Where elements go into a domain's text, and how they come out again.</summary>
internal static class DomainDevices
{
    /// <summary>The NVDIMMs as the last devices, indented as the others are; without line breaks where the others have none.</summary>
    public static TextEdit Append(DomainDocument domain, IEnumerable<NvdimmElement> elements)
    {
        var text = domain.Text;
        var span = DomainDocument.SpanOf(domain.Devices);
        var last = domain.Devices.Elements().LastOrDefault();
        var outer = TextLayout.LineBreak(TextLayout.Before(text, span.Start));
        var inner = last is null
            ? Deeper(outer)
            : TextLayout.LineBreak(TextLayout.Before(text, DomainDocument.SpanOf(last).Start));
        var step = inner.Length == 0 ? "" : TextLayout.Step(outer, inner);
        var added = string.Concat(elements.Select(element => inner + NvdimmElementWriter.Write(element, inner, step)));
        if (span.IsEmptyTag)
        {
            var tag = text[span.Start..span.End];
            return new TextEdit(span.Start, tag.Length, $"{tag[..^2].TrimEnd()}>{added}{outer}</{domain.Devices.Name}>");
        }

        // Behind text, which nothing that libvirt reads has there, no white space: it could not be told from the text's own when it is cut again.
        var end = span.InnerStart + text.AsSpan(span.InnerStart, span.InnerEnd - span.InnerStart).TrimEnd(" \t\r\n").Length;
        return new TextEdit(end, 0, text[end - 1] == '>' ? added : added[inner.Length..]);
    }

    /// <summary>An element with the white space that parts it from the one before.</summary>
    public static TextEdit Cut(DomainDocument domain, XElement element)
    {
        var span = DomainDocument.SpanOf(element);
        var start = span.Start - TextLayout.Before(domain.Text, span.Start).Length;
        return new TextEdit(start, span.End - start, "");
    }

    private static string Deeper(string lineBreak) => lineBreak.Length == 0 ? "" : lineBreak + TextLayout.Step(lineBreak, lineBreak);
}
