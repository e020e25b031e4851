namespace Nvdimm.Extensions.DomainXml;

/// <summary>Reads what precedes the root element.</summary>
internal static class XmlProlog
{
    private const string DocumentType = "<!DOCTYPE";

    /// <summary>
    /// The index of the document type; null if there is none. .NET's reader refuses a document type, but with an exception that does not
    /// differ from those of other refusals.
    /// </summary>
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

    /// <summary>The length up to and including <paramref name="end"/>; 0 if it is missing.</summary>
    private static int LengthTo(ReadOnlySpan<char> text, string end)
    {
        var index = text.IndexOf(end);
        return index < 0 ? 0 : index + end.Length;
    }
}
