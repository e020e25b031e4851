using System.Xml;

namespace Nvdimm.Fuzzing.Targets;

/// <summary>A domain's text and where its <c>&lt;maxMemory&gt;</c> stands in it, found in another way than the library's.</summary>
internal sealed class MaxMemoryCut
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    private readonly string text;
    private readonly List<int> lines = [0];
    private readonly int start = -1;
    private readonly int end;

    /// <param name="text">A well-formed domain.</param>
    public MaxMemoryCut(string text)
    {
        this.text = text;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')))
            {
                lines.Add(at + 1);
            }
        }

        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        while (reader.Read())
        {
            var isElement = reader.Depth == 1 && reader.NamespaceURI.Length == 0 && (reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement);
            HasEmptyDevices |= isElement && reader.IsEmptyElement && reader.LocalName == "devices";
            if (!isElement || reader.LocalName != "maxMemory" || end > 0)
            {
                continue;
            }

            start = start < 0 ? PlaceOf(reader) - 1 : start;
            end = reader.IsEmptyElement ? EndOfTag(start) : reader.NodeType == XmlNodeType.EndElement ? text.IndexOf('>', PlaceOf(reader)) + 1 : 0;
        }
    }

    /// <summary>Whether the devices are one tag, which adding has to make two of.</summary>
    public bool HasEmptyDevices { get; }

    /// <summary>The text without the maximum; where the other one has none, also without the white space between it and the tag before.</summary>
    public string TextFor(MaxMemoryCut other)
    {
        if (start < 0)
        {
            return text;
        }

        var before = text[..start];
        var trimmed = before.TrimEnd(Blanks);
        return (other.start < 0 && trimmed.EndsWith('>') ? trimmed : before) + text[end..];
    }

    private int EndOfTag(int at)
    {
        for (var quote = '\0'; text[at] != '>' || quote != '\0'; at++)
        {
            var character = text[at];
            quote = quote == '\0' && character is '"' or '\'' ? character : character == quote ? '\0' : quote;
        }

        return at + 1;
    }

    private int PlaceOf(XmlReader reader)
    {
        var place = (IXmlLineInfo)reader;
        return lines[place.LineNumber - 1] + place.LinePosition - 1;
    }
}
