namespace Nvdimm.Extensions.DomainXml;

/// <summary>What may stand before the root element.</summary>
internal static class XmlProlog
{
    private const string DocumentType = "<!DOCTYPE";

    /// <summary>Where the document type stands, or null. .NET's reader refuses one, but not in a way that can be told from other refusals.</summary>
    public static int? DocumentTypeIndex(string text)
    {
        var index = 0;
        while (true)
        {
            var rest = text.AsSpan(index);
            index += rest.Length - rest.TrimStart().Length;
            rest = rest.TrimStart();
            if (rest.StartsWith(DocumentType))
            {
                return index;
            }

            var length = rest.StartsWith("<!--") ? LengthTo(rest, "-->") : rest.StartsWith("<?") ? LengthTo(rest, "?>") : 0;
            if (length == 0)
            {
                return null;
            }

            index += length;
        }
    }

    /// <summary>The length up to and with <paramref name="end"/>; 0 where it does not end.</summary>
    private static int LengthTo(ReadOnlySpan<char> text, string end)
    {
        var index = text.IndexOf(end);
        return index < 0 ? 0 : index + end.Length;
    }
}
