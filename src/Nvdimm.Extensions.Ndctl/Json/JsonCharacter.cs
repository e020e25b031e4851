namespace Nvdimm.Extensions.Ndctl.Json;

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
