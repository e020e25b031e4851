using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// The only place that reads XML text. It comes from elsewhere: no document type, no entities, nothing is fetched, its size is
/// limited before anything is built from it, and its depth while it is. Every element carries its <see cref="TextSpan"/> as an annotation.
/// </summary>
internal static class DomainXmlText
{
    public const int MaximumCharacters = 16 * 1024 * 1024;
    public const int MaximumDepth = 256;

    /// <summary>The document, or why there is none.</summary>
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

    /// <summary>The arguments that say where an element stands.</summary>
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
        // The reader gives no place where the text ends too early.
        var (line, position) = exception.LineNumber > 0 ? (exception.LineNumber, exception.LinePosition) : positions.PlaceOf(text.Length);
        return IsEntity(text, positions.IndexOf(line, position))
            ? Finding.Error(NvdimmCodes.XmlDtd, Argument("line", line), Argument("position", position))
            : Finding.Error(NvdimmCodes.XmlMalformed, ("detail", WithoutPlace(exception)), Argument("line", line), Argument("position", position));
    }

    /// <summary>What is wrong, without the place that the reader adds: the finding has it.</summary>
    private static string WithoutPlace(XmlException exception) =>
        exception.Message.Replace(string.Create(CultureInfo.InvariantCulture, $" Line {exception.LineNumber}, position {exception.LinePosition}."), "", StringComparison.Ordinal);

    /// <summary>Whether it failed on the name of a reference: an entity that only a document type could declare.</summary>
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
