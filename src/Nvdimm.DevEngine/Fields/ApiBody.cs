using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.Net.Http.Headers;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Fields;

/// <summary>Reads the body of a request.</summary>
internal static class ApiBody
{
    /// <summary>The longest body, in bytes.</summary>
    public const int MaximumBytes = 1 << 20;

    private const int MaximumDepth = 32;

    /// <summary>The field that is a file: its last line end belongs to it. Around other texts, white space is layout.</summary>
    private const string Script = "custom_script";

    private static readonly XmlReaderSettings Xml = new()
    {
        Async = false,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = MaximumBytes,
    };

    /// <summary>
    /// The body of a request; <see cref="ApiInput.Nothing"/> if there is none. A body without a content type is refused, because a page of
    /// another site can make a browser send one.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="fields">The fields that the body can have.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ApiFaultException">
    /// The body is neither XML nor JSON, does not say which, is too long, is of another entity, or has a field that is not served.
    /// </exception>
    public static async Task<ApiInput> ReadAsync(HttpRequest request, FieldTable fields, CancellationToken cancellationToken)
    {
        var input = await ReadAsync(request, cancellationToken);
        fields.Require(input);
        return input;
    }

    private static async Task<ApiInput> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        if (body.Length == 0)
        {
            return ApiInput.Nothing;
        }

        body.Position = 0;
        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.HasValue
            ? Read(body, type.SubTypeWithoutSuffix.Value ?? "")
            : throw ApiFaultException.Unreadable("The body has no Content-Type; it has to be application/xml or application/json.");
    }

    private static ApiInput Read(MemoryStream body, string type)
    {
        try
        {
            return type.ToLowerInvariant() switch
            {
                "xml" => OfXml(body),
                "json" => OfJson(body),
                _ => throw ApiFaultException.Unreadable($"The content type is '{type}', not XML or JSON."),
            };
        }
        catch (Exception malformed) when (malformed is XmlException or JsonException)
        {
            throw ApiFaultException.Unreadable(malformed.Message);
        }
    }

    private static ApiInput OfJson(MemoryStream body)
    {
        try
        {
            using var document = JsonDocument.Parse(
                body, new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Named(Input(document.RootElement))
                : throw ApiFaultException.Unreadable("The JSON is no object.");
        }
        catch (InvalidOperationException noText)
        {
            // JsonDocument does not count invalid UTF-8 and lone surrogates as malformed JSON; it fails when such a text is read.
            throw ApiFaultException.Unreadable(noText.Message);
        }
    }

    /// <summary>
    /// The body, if the name of each of its fields can be that of an XML element: what is kept is also shown in XML.
    /// </summary>
    private static ApiInput Named(ApiInput body)
    {
        foreach (var part in body.Parts)
        {
            if (part.Name.Length == 0 || !XmlConvert.IsStartNCNameChar(part.Name[0]) || !part.Name.All(XmlConvert.IsNCNameChar))
            {
                throw ApiFaultException.Unreadable($"No field has the name {JsonEncodedText.Encode(part.Name)}.");
            }

            Named(part);
        }

        return body;
    }

    /// <summary>Converts a JSON object that was already parsed.</summary>
    public static ApiInput Input(JsonElement value) => Of("", value).Single();

    private static IEnumerable<ApiInput> Of(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object =>
            [new ApiInput(name, null, [.. value.EnumerateObject().SelectMany(property => Of(property.Name, property.Value))])],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Of(name, item)).DefaultIfEmpty(new ApiInput(name, null, [])),
        JsonValueKind.Null => [],
        JsonValueKind.String => [new ApiInput(name, value.GetString(), [])],
        _ => [new ApiInput(name, value.GetRawText(), [])],
    };

    private static ApiInput OfXml(MemoryStream body)
    {
        using var reader = XmlReader.Create(body, Xml);
        return OfXml(reader);
    }

    /// <summary>The content of an XML document inside a body, with the limits of a body.</summary>
    /// <exception cref="XmlException">It is no XML, has a DTD, or is too long.</exception>
    /// <exception cref="ApiFaultException">It is nested too deep.</exception>
    public static ApiInput OfXml(string document)
    {
        using var text = new StringReader(document);
        using var reader = XmlReader.Create(text, Xml);
        return OfXml(reader);
    }

    private static ApiInput OfXml(XmlReader reader)
    {
        reader.MoveToContent();
        var root = Element(reader, 1);
        while (reader.Read())
        {
            // After the root only white space is valid; the reader checks that.
        }

        return root;
    }

    private static ApiInput Element(XmlReader reader, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw ApiFaultException.Unreadable($"The XML is nested deeper than {MaximumDepth} levels.");
        }

        var name = reader.LocalName;
        var isEmpty = reader.IsEmptyElement;
        var parts = new List<ApiInput>();
        while (reader.MoveToNextAttribute())
        {
            parts.Add(new ApiInput(reader.LocalName, reader.Value, []));
        }

        var attributes = parts.Count;
        var text = new StringBuilder();
        while (!isEmpty && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                parts.Add(Element(reader, depth + 1));
            }
            else
            {
                text.Append(reader.Value);
            }
        }

        return new ApiInput(
            name, parts.Count > attributes ? null : name == Script ? text.ToString() : text.ToString().Trim(), parts);
    }
}
