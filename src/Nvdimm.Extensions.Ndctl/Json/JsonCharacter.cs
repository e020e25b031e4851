namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>What a character means outside a string.</summary>
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
