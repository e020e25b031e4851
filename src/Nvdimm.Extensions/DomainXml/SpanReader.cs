using System.Xml;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// Forwards another reader and records the position of each element, so that one pass over the text gives the tree and the positions.
/// </summary>
/// <param name="inner">The other reader; it must give line information.</param>
/// <param name="positions">The lines of the text.</param>
internal sealed class SpanReader(XmlReader inner, TextPositions positions) : XmlReader, IXmlLineInfo
{
    private readonly IXmlLineInfo place = (IXmlLineInfo)inner;
    private readonly List<TextSpan> spans = [];
    private readonly Stack<int> open = new();

    /// <summary>The spans of all elements read so far, in the order of their start tags.</summary>
    public IReadOnlyList<TextSpan> Spans => spans;

    /// <summary>Whether reading ended because the elements nest deeper than <see cref="DomainXmlText.MaximumDepth"/>.</summary>
    public bool IsTooDeep { get; private set; }

    public override int AttributeCount => inner.AttributeCount;

    public override string BaseURI => inner.BaseURI;

    public override int Depth => inner.Depth;

    public override bool EOF => inner.EOF;

    public override bool IsEmptyElement => inner.IsEmptyElement;

    public int LineNumber => place.LineNumber;

    public int LinePosition => place.LinePosition;

    public override string LocalName => inner.LocalName;

    public override string NamespaceURI => inner.NamespaceURI;

    public override XmlNameTable NameTable => inner.NameTable;

    public override XmlNodeType NodeType => inner.NodeType;

    public override string Prefix => inner.Prefix;

    public override ReadState ReadState => inner.ReadState;

    public override string Value => inner.Value;

    public override string GetAttribute(int i) => inner.GetAttribute(i);

    public override string? GetAttribute(string name) => inner.GetAttribute(name);

    public override string? GetAttribute(string name, string? namespaceURI) => inner.GetAttribute(name, namespaceURI);

    public bool HasLineInfo() => true;

    public override string? LookupNamespace(string prefix) => inner.LookupNamespace(prefix);

    public override bool MoveToAttribute(string name) => inner.MoveToAttribute(name);

    public override bool MoveToAttribute(string name, string? ns) => inner.MoveToAttribute(name, ns);

    public override bool MoveToElement() => inner.MoveToElement();

    public override bool MoveToFirstAttribute() => inner.MoveToFirstAttribute();

    public override bool MoveToNextAttribute() => inner.MoveToNextAttribute();

    public override bool ReadAttributeValue() => inner.ReadAttributeValue();

    public override void ResolveEntity() => inner.ResolveEntity();

    /// <inheritdoc/>
    /// <exception cref="XmlException">The text is malformed, or <see cref="IsTooDeep"/>.</exception>
    public override bool Read()
    {
        if (!inner.Read())
        {
            return false;
        }

        if (inner.Depth >= DomainXmlText.MaximumDepth)
        {
            IsTooDeep = true;
            throw new XmlException();
        }

        if (inner.NodeType == XmlNodeType.Element)
        {
            var name = positions.IndexOf(place.LineNumber, place.LinePosition);
            var end = positions.EndOfTag(name);
            if (!inner.IsEmptyElement)
            {
                open.Push(spans.Count);
            }

            spans.Add(new TextSpan(name - 1, end, end, end));
        }
        else if (inner.NodeType == XmlNodeType.EndElement)
        {
            var name = positions.IndexOf(place.LineNumber, place.LinePosition);
            var index = open.Pop();
            spans[index] = spans[index] with { InnerEnd = name - 2, End = positions.EndOfTag(name) };
        }

        return true;
    }
}

/// <summary>The position of an element in the text from which it was read, in characters from 0.</summary>
/// <param name="Start">The index of its opening bracket.</param>
/// <param name="InnerStart">The first index after its start tag.</param>
/// <param name="InnerEnd">The index of the opening bracket of its end tag; equals <paramref name="InnerStart"/> for an empty tag.</param>
/// <param name="End">The first index after the element.</param>
internal sealed record TextSpan(int Start, int InnerStart, int InnerEnd, int End)
{
    /// <summary>Whether the element is one empty tag, such as <c>&lt;pmem/&gt;</c>.</summary>
    public bool IsEmptyTag => InnerStart == End;
}
