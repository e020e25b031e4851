using System.Text;
using System.Xml;

namespace Nvdimm.DevEngine.Wire;

/// <summary>Writes entities as XML, the API's default.</summary>
internal static class ApiXml
{
    public const string MediaType = "application/xml";

    public static byte[] Write(ApiObject entity)
    {
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            IndentChars = "    ",
            NewLineChars = "\n",
        };
        using (var xml = XmlWriter.Create(stream, settings))
        {
            xml.WriteStartDocument(standalone: true);
            Write(xml, entity, entity.Name);
        }

        return stream.ToArray();
    }

    private static void Write(XmlWriter xml, ApiObject entity, string name)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in entity.Attributes)
        {
            xml.WriteAttributeString(attribute, Clean(value));
        }

        foreach (var field in entity.Fields)
        {
            Write(xml, field);
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, ApiField field)
    {
        switch (field)
        {
            case ApiField.Text text:
                xml.WriteElementString(text.Name, Clean(text.Value));
                break;
            case ApiField.Moment moment:
                xml.WriteElementString(moment.Name, moment.Value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz"));
                break;
            case ApiField.Single single:
                Write(xml, single.Value, single.Name);
                break;
            case ApiField.Several several:
                foreach (var value in several.Values)
                {
                    Write(xml, value, several.Name);
                }

                break;
            case ApiField.Texts texts:
                foreach (var value in texts.Values)
                {
                    xml.WriteElementString(texts.Name, Clean(value));
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(field), field, "No such kind of field");
        }
    }

    /// <summary>Replaces characters that XML cannot contain, not even escaped, by U+FFFD.</summary>
    private static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (index + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index]))
            {
                clean.Append(text, index++, 2);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[index]) ? text[index] : '\uFFFD');
            }
        }

        return clean.ToString();
    }
}
