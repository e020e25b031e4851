namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// Passes JSON text on and refuses what RFC 8259 forbids but the tolerant <c>JsonTextReader</c> accepts: octal and hexadecimal numbers,
/// missing values and trailing commas, closing brackets without opening ones, text after the end, keys without quotes, points without
/// digits, comments, single quotes, NaN, control characters in strings. <c>010</c> must not become a size of 8. It also limits the number
/// of characters. Not safe for use by several threads.
/// </summary>
internal sealed class StrictJsonText(TextReader inner, long maximumCharacters) : TextReader
{
    private long before;
    private long lineStart;
    private int line = 1;
    private bool inString;
    private bool escaped;
    private JsonCharacter last = JsonCharacter.Opening;
    private bool isLeadingZero;
    private bool isExponent;
    private long depth;
    private bool isOver;
    private int faultAt;
    private RejectedInputException? fault;

    public override int Read(char[] buffer, int index, int count)
    {
        if (fault is not null)
        {
            throw fault;
        }

        var read = inner.Read(buffer, index, count);
        if (before + read > maximumCharacters)
        {
            throw Rejected(NvdimmCodes.NdctlTooLarge, $"more than {maximumCharacters} characters", 0);
        }

        read = CheckedLength(buffer.AsSpan(index, read));
        before += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// The number of characters to pass on. Text before a fault is passed on, so that whole namespaces are kept; the next call throws the
    /// fault.
    /// </summary>
    private int CheckedLength(ReadOnlySpan<char> text)
    {
        try
        {
            Check(text);
            return text.Length;
        }
        catch (RejectedInputException rejected) when (faultAt > 0)
        {
            fault = rejected;
            return faultAt;
        }
    }

    private void Check(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            at = inString ? InString(text, at) : Outside(text, at);
        }
    }

    private int InString(ReadOnlySpan<char> text, int at)
    {
        if (escaped)
        {
            escaped = false;
            return at + 1;
        }

        var end = PlainEnd(text, at);
        if (end == text.Length)
        {
            return end;
        }

        inString = text[end] != '"';
        escaped = text[end] == '\\';
        return inString && !escaped ? throw Malformed("a control character inside a string", end) : end + 1;
    }

    private int Outside(ReadOnlySpan<char> text, int at)
    {
        for (; at < text.Length; at++)
        {
            var kind = JsonCharacters.Of(text[at]);
            switch (kind)
            {
                case JsonCharacter.Blank:
                    break;
                case JsonCharacter.NewLine:
                    line++;
                    lineStart = before + at + 1;
                    at = LastBlank(text, at);
                    break;
                case not JsonCharacter.None when isOver:
                    throw Malformed($"'{text[at]}' after the end", at);
                case JsonCharacter.Quote:
                    last = kind;
                    at = PlainEnd(text, at + 1);
                    if (at == text.Length || text[at] != '"')
                    {
                        inString = true;
                        return at;
                    }

                    break;
                case JsonCharacter.Comma or JsonCharacter.Closing:
                    RequireItem(kind, text[at], at);
                    depth -= kind == JsonCharacter.Closing ? 1 : 0;
                    isOver = depth == 0 && kind == JsonCharacter.Closing;
                    (last, isLeadingZero, isExponent) = (kind, false, false);
                    break;
                case JsonCharacter.Colon when last != JsonCharacter.Quote:
                    throw Malformed("a key that is not in double quotes", at);
                case JsonCharacter.Zero or JsonCharacter.Digit:
                    Digit(kind, at);
                    at = LastDigit(text, at);
                    break;
                case JsonCharacter.None:
                    throw Malformed($"unexpected character '{text[at]}'", at);
                default:
                    RequireDigits(kind, at);
                    depth += kind == JsonCharacter.Opening ? 1 : 0;
                    isExponent = kind == JsonCharacter.Exponent || (isExponent && kind == JsonCharacter.Sign);
                    isLeadingZero = false;
                    last = kind;
                    break;
            }
        }

        return at;
    }

    /// <summary>
    /// The end of the plain characters of a string. Most strings are short, so a loop is faster than a vectorised search.
    /// </summary>
    private static int PlainEnd(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is >= ' ' and not ('"' or '\\'))
        {
            at++;
        }

        return at;
    }

    /// <summary>The last blank of an indentation. Indentation is half of what ndctl prints.</summary>
    private static int LastBlank(ReadOnlySpan<char> text, int newLine)
    {
        var at = newLine;
        while (at + 1 < text.Length && text[at + 1] == ' ')
        {
            at++;
        }

        return at;
    }

    /// <summary>
    /// Checks that an item precedes a comma or a closing bracket (or that the object or array is empty), and that a closing bracket has an
    /// opening one.
    /// </summary>
    private void RequireItem(JsonCharacter kind, char character, int at)
    {
        RequireDigits(kind, at);
        if (kind == JsonCharacter.Closing && depth == 0)
        {
            throw Malformed($"'{character}' ends nothing", at);
        }

        if (last is JsonCharacter.Comma or JsonCharacter.Colon || (kind == JsonCharacter.Comma && last == JsonCharacter.Opening))
        {
            throw Malformed($"nothing stands before '{character}'", at);
        }
    }

    /// <summary>Checks that a point has digits on both sides.</summary>
    private void RequireDigits(JsonCharacter kind, int at)
    {
        if (last == JsonCharacter.Point || (kind == JsonCharacter.Point && last != JsonCharacter.Digit))
        {
            throw Malformed("a number without digits beside its point", at);
        }
    }

    /// <summary>Handles a digit. After a leading zero no digit may follow; an exponent may have leading zeros.</summary>
    private void Digit(JsonCharacter kind, int at)
    {
        if (isLeadingZero)
        {
            throw Malformed("a number with a leading zero", at);
        }

        isLeadingZero = kind == JsonCharacter.Zero && !isExponent && last is not (JsonCharacter.Digit or JsonCharacter.Point);
        last = JsonCharacter.Digit;
    }

    /// <summary>The last digit of a run of digits; a leading zero ends the run.</summary>
    private int LastDigit(ReadOnlySpan<char> text, int at)
    {
        while (!isLeadingZero && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
        }

        return at;
    }

    private RejectedInputException Malformed(string detail, int at) => Rejected(NvdimmCodes.NdctlMalformed, detail, at);

    private RejectedInputException Rejected(string code, string detail, int at)
    {
        faultAt = at;
        return new(code, detail, line, (int)Math.Min(before + at - lineStart + 1, int.MaxValue));
    }
}
