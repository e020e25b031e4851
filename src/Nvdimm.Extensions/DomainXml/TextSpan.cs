namespace Nvdimm.Extensions.DomainXml;

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
