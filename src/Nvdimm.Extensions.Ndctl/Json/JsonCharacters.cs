namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>The characters that RFC 8259 allows outside a string.</summary>
internal static class JsonCharacters
{
    private static readonly JsonCharacter[] Table = Create(
        (" \t\r", JsonCharacter.Blank),
        ("\n", JsonCharacter.NewLine),
        ("\"", JsonCharacter.Quote),
        (",", JsonCharacter.Comma),
        (":", JsonCharacter.Colon),
        ("[{", JsonCharacter.Opening),
        ("]}", JsonCharacter.Closing),
        ("0", JsonCharacter.Zero),
        ("123456789", JsonCharacter.Digit),
        (".", JsonCharacter.Point),
        ("+-", JsonCharacter.Sign),
        ("truefalsn", JsonCharacter.Letter),
        ("eE", JsonCharacter.Exponent));

    public static JsonCharacter Of(char character) => character < Table.Length ? Table[character] : JsonCharacter.None;

    private static JsonCharacter[] Create(params ReadOnlySpan<(string Characters, JsonCharacter Kind)> kinds)
    {
        var table = new JsonCharacter[128];
        foreach (var (characters, kind) in kinds)
        {
            foreach (var character in characters)
            {
                table[character] = kind;
            }
        }

        return table;
    }
}

/// <summary>The role of a character outside a string.</summary>
internal enum JsonCharacter : byte
{
    None,
    Blank,
    NewLine,
    Quote,
    Comma,
    Colon,
    Opening,
    Closing,
    Zero,
    Digit,
    Point,
    Sign,
    Exponent,
    Letter,
}
