using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// Reads XML text; no other class does. The text is untrusted: document types and entities are refused and nothing is fetched. The size is
/// limited before anything is built from the text, the depth while it is read. Every element has its <see cref="TextSpan"/> as an
/// annotation.
/// </summary>
internal static class DomainXmlText
{
    public const int MaximumCharacters = 16 * 1024 * 1024;
    public const int MaximumDepth = 256;

    /// <summary>Returns the document, or the reason why the text cannot be read.</summary>
    public static (XDocument? Document, Finding? Finding) Read(string text)
    {
        if (text.Length > MaximumCharacters)
        {
            return (null, TooLarge("characters", MaximumCharacters));
        }

        var positions = new TextPositions(text);
        if (XmlProlog.DocumentTypeIndex(text) is { } documentType)
        {
            var (line, position) = positions.PlaceOf(documentType);
            return (null, Finding.Error(NvdimmCodes.XmlDtd, Argument("line", line), Argument("position", position)));
        }

        using var plain = Open(text);
        using var reader = new SpanReader(plain, positions);
        try
        {
            return (Build(reader), null);
        }
        catch (XmlException) when (reader.IsTooDeep)
        {
            return (null, TooLarge("levels", MaximumDepth));
        }
        catch (XmlException exception)
        {
            return (null, Refusal(text, positions, exception));
        }
    }

    /// <summary>The arguments that give the position of an element.</summary>
    public static (FindingArgument Line, FindingArgument Position) PlaceOf(IXmlLineInfo place) =>
        (Argument("line", place.LineNumber), Argument("position", place.LinePosition));

    private static XmlReader Open(string text) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaximumCharacters,
        CloseInput = true,
    });

    private static XDocument Build(SpanReader reader)
    {
        var document = XDocument.Load(reader, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo);
        foreach (var (element, span) in document.Descendants().Zip(reader.Spans))
        {
            element.AddAnnotation(span);
        }

        return document;
    }

    private static Finding Refusal(string text, TextPositions positions, XmlException exception)
    {
        // The reader gives no position if the text ends too early.
        var (line, position) = exception.LineNumber > 0 ? (exception.LineNumber, exception.LinePosition) : positions.PlaceOf(text.Length);
        return IsEntity(text, positions.IndexOf(line, position))
            ? Finding.Error(NvdimmCodes.XmlDtd, Argument("line", line), Argument("position", position))
            : Finding.Error(
                NvdimmCodes.XmlMalformed,
                ("detail", WithoutPlace(exception)),
                Argument("line", line),
                Argument("position", position));
    }

    /// <summary>The message without the position that the reader appends: the finding has it as arguments.</summary>
    private static string WithoutPlace(XmlException exception) =>
        exception.Message.Replace(
            string.Create(CultureInfo.InvariantCulture, $" Line {exception.LineNumber}, position {exception.LinePosition}."),
            "",
            StringComparison.Ordinal);

    /// <summary>Whether the reader failed on the name of a reference: an entity that only a document type could declare.</summary>
    private static bool IsEntity(string text, int index)
    {
        if (index == 0 || index > text.Length || text[index - 1] != '&')
        {
            return false;
        }

        var end = text.IndexOfAny([';', '<', '&'], index);
        return end > index && text[end] == ';' && XmlConvert.IsStartNCNameChar(text[index]);
    }

    private static Finding TooLarge(string what, int limit) =>
        Finding.Error(NvdimmCodes.XmlTooLarge, ("limit", limit.ToString(CultureInfo.InvariantCulture)), ("what", what));

    private static FindingArgument Argument(string name, int value) => (name, value.ToString(CultureInfo.InvariantCulture));
}
