namespace Nvdimm.Extensions.Devices;

/// <summary>
/// Orders device names with numbers by their value: runs of digits compare as numbers, everything else by characters, so
/// <c>namespace1.2</c> comes before <c>namespace1.10</c>. Names whose numbers are equal, such as <c>a1</c> and <c>a01</c>, are ordered by
/// characters; only identical names are equal. Safe for use by several threads.
/// </summary>
public sealed class DeviceNameComparer : IComparer<string>
{
    private DeviceNameComparer()
    {
    }

    /// <summary>The only instance.</summary>
    public static DeviceNameComparer Instance { get; } = new();

    /// <summary>Compares two names; null comes first.</summary>
    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var leftPart = Part(left);
            var rightPart = Part(right);
            var order = char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0])
                ? CompareNumbers(leftPart.TrimStart('0'), rightPart.TrimStart('0'))
                : leftPart.SequenceCompareTo(rightPart);
            if (order != 0)
            {
                return order;
            }

            left = left[leftPart.Length..];
            right = right[rightPart.Length..];
        }

        return left.IsEmpty && right.IsEmpty ? string.CompareOrdinal(x, y) : left.Length.CompareTo(right.Length);
    }

    /// <summary>Compares numbers without leading zeros: the longer one is the larger.</summary>
    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);

    /// <summary>The run of digits, or of other characters, at the start of a text. The text is not empty.</summary>
    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> text)
    {
        var isNumber = char.IsAsciiDigit(text[0]);
        var end = 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]) == isNumber)
        {
            end++;
        }

        return text[..end];
    }
}
