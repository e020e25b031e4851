using System.Buffers;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// Passes JSON text on and refuses what RFC 8259 does not know but the tolerant <c>JsonTextReader</c> takes: octal and hexadecimal
/// numbers, trailing commas, comments, single quotes, NaN, control characters in strings. <c>010</c> must not become a size of 8.
/// Counts the characters, too, so that no input is endless.
/// </summary>
internal sealed class StrictJsonText(TextReader inner, long maximumCharacters) : TextReader
{
    private static readonly SearchValues<char> StringEnds = SearchValues.Create([.. "\"\\", .. Enumerable.Range(0, 32).Select(code => (char)code)]);
    private static readonly SearchValues<char> Punctuation = SearchValues.Create(" \t\r\n{}[]:,\"");
    private static readonly SearchValues<char> NumberOrWord = SearchValues.Create("0123456789+-.eEtrufalsn");

    private long total;
    private int line = 1;
    private int position;
    private bool inString;
    private bool escaped;
    private char lastToken;
    private bool zeroStartsNumber;
    private bool inNumber;

    public override int Read(char[] buffer, int index, int count)
    {
        var read = inner.Read(buffer, index, count);
        total += read;
        if (total > maximumCharacters)
        {
            throw new RejectedInputException(NvdimmCodes.NdctlTooLarge, $"more than {maximumCharacters} characters", line, position);
        }

        Check(buffer.AsSpan(index, read));
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
            position++;
            return at + 1;
        }

        var end = text[at..].IndexOfAny(StringEnds);
        if (end < 0)
        {
            position += text.Length - at;
            return text.Length;
        }

        position += end + 1;
        switch (text[at + end])
        {
            case '"':
                inString = false;
                break;
            case '\\':
                escaped = true;
                break;
            default:
                throw Malformed("a control character inside a string");
        }

        return at + end + 1;
    }

    private int Outside(ReadOnlySpan<char> text, int at)
    {
        for (; at < text.Length; at++)
        {
            var character = text[at];
            position++;
            if (character == ' ')
            {
                inNumber = false;
                continue;
            }

            if (character == '"')
            {
                inString = true;
                inNumber = false;
                lastToken = character;
                return at + 1;
            }

            Token(character);
        }

        return at;
    }

    private void Token(char character)
    {
        if (!Punctuation.Contains(character))
        {
            Scalar(character);
            return;
        }

        inNumber = false;
        if (character == '\n')
        {
            line++;
            position = 0;
        }
        else if (character is not ('\t' or '\r'))
        {
            if (IsEmptyItem(lastToken, character))
            {
                throw Malformed($"'{character}' after '{lastToken}'");
            }

            lastToken = character;
        }
    }

    /// <summary>Nothing stands between a comma and what may not follow it.</summary>
    private static bool IsEmptyItem(char before, char character) =>
        (before == ',' && (character is ',' or '}' or ']')) || (character == ',' && (before is '[' or '{'));

    private void Scalar(char character)
    {
        if (!NumberOrWord.Contains(character))
        {
            throw Malformed($"unexpected character '{character}'");
        }

        if (inNumber && zeroStartsNumber && char.IsAsciiDigit(character))
        {
            throw Malformed("a number with a leading zero");
        }

        zeroStartsNumber = character == '0' && (!inNumber || lastToken == '-');
        inNumber = true;
        lastToken = character;
    }

    private RejectedInputException Malformed(string detail) => new(NvdimmCodes.NdctlMalformed, detail, line, position);
}
