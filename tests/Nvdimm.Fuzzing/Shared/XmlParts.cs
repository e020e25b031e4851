namespace Nvdimm.Fuzzing.Shared;

/// <summary>Finds elements, tags, attributes, their values and texts in something like XML, well formed or not.</summary>
internal static class XmlParts
{
    public static void Find(byte[] input, List<InputPart> parts)
    {
        var open = new Stack<int>();
        for (var at = 0; at < input.Length;)
        {
            var start = at;
            if (input[at] != '<')
            {
                at = EndOf(input, at, '<');
                parts.Add(new InputPart(start, at - start));
                continue;
            }

            at = Math.Min(EndOf(input, at, '>') + 1, input.Length);
            parts.Add(new InputPart(start, at - start));
            if (input.AsSpan(start).StartsWith("</"u8))
            {
                var element = open.Count > 0 ? open.Pop() : start;
                parts.Add(new InputPart(element, at - element));
            }
            else if (at - start > 2 && input[at - 2] != '/')
            {
                open.Push(start);
            }

            FindAttributes(input, start, at, parts);
        }
    }

    private static void FindAttributes(byte[] input, int start, int end, List<InputPart> parts)
    {
        for (var at = start; at < end; at++)
        {
            var name = at;
            while (at < end && input[at] is not ((byte)' ' or (byte)'='))
            {
                at++;
            }

            if (at + 1 < end && input[at] == '=' && input[at + 1] is (byte)'"' or (byte)'\'')
            {
                var value = at + 2;
                at = Math.Min(EndOf(input, value, (char)input[value - 1]), end - 1);
                if (at >= value)
                {
                    parts.Add(new InputPart(value, at - value));
                    parts.Add(new InputPart(name, at - name + 1));
                }
            }
        }
    }

    private static int EndOf(byte[] input, int at, char end)
    {
        var found = input.AsSpan(at).IndexOf((byte)end);
        return found < 0 ? input.Length : at + found;
    }
}
