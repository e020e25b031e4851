namespace Nvdimm.Fuzzing.Shared;

/// <summary>Finds objects, arrays, texts, words and pairs in something like JSON, well formed or not.</summary>
internal static class JsonParts
{
    public static void Find(byte[] input, List<InputPart> parts)
    {
        var open = new Stack<(int Start, int Pair)>();
        var pair = -1;
        for (var at = 0; at < input.Length; at++)
        {
            var start = at;
            switch ((char)input[at])
            {
                case '{' or '[':
                    open.Push((at, pair));
                    pair = -1;
                    continue;
                case '}' or ']' when open.Count > 0:
                    (start, pair) = open.Pop();
                    break;
                case '"':
                    at = EndOfText(input, at);
                    break;
                case var other when char.IsAsciiLetterOrDigit(other) || other == '-':
                    at = EndOfWord(input, at);
                    break;
                default:
                    continue;
            }

            parts.Add(new InputPart(start, at - start + 1));
            var isKey = pair < 0 && NextOf(input, at) == ':';
            if (!isKey && pair >= 0)
            {
                parts.Add(new InputPart(pair, at - pair + 1));
            }

            pair = isKey ? start : -1;
        }
    }

    private static int EndOfText(byte[] input, int at)
    {
        for (at++; at < input.Length - 1 && input[at] != '"'; at++)
        {
            at += input[at] == '\\' && at < input.Length - 2 ? 1 : 0;
        }

        return Math.Min(at, input.Length - 1);
    }

    private static int EndOfWord(byte[] input, int at)
    {
        while (at + 1 < input.Length && (char.IsAsciiLetterOrDigit((char)input[at + 1]) || input[at + 1] is (byte)'.' or (byte)'-' or (byte)'+'))
        {
            at++;
        }

        return at;
    }

    private static char NextOf(byte[] input, int at)
    {
        do
        {
            at++;
        }
        while (at < input.Length && input[at] is (byte)' ' or (byte)'\n');

        return at < input.Length ? (char)input[at] : '\0';
    }
}
