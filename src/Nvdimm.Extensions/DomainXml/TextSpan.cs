namespace Nvdimm.Extensions.DomainXml;

/// <summary>Where an element stands in the text it was read from, in characters from 0.</summary>
/// <param name="Start">Its opening bracket.</param>
/// <param name="InnerStart">The first character behind its start tag.</param>
/// <param name="InnerEnd">The opening bracket of its end tag; the same as <paramref name="InnerStart"/> for an empty tag.</param>
/// <param name="End">The first character behind it.</param>
internal sealed record TextSpan(int Start, int InnerStart, int InnerEnd, int End)
{
    /// <summary>Whether it is one tag, such as <c>&lt;pmem/&gt;</c>.</summary>
    public bool IsEmptyTag => InnerStart == End;
}
