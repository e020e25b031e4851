using System.Text;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>Decodes names in procfs, where white space and backslashes are written as <c>\040</c>.</summary>
internal static class OctalText
{
    private const int Digits = 3;

    public static string Decode(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var digits = text[index] == '\\' ? text.AsSpan(index + 1) : default;
            if (digits.Length >= Digits && !digits[..Digits].ContainsAnyExceptInRange('0', '7'))
            {
                decoded.Append((char)(((digits[0] - '0') * 64) + ((digits[1] - '0') * 8) + (digits[2] - '0')));
                index += Digits;
            }
            else
            {
                decoded.Append(text[index]);
            }
        }

        return decoded.ToString();
    }
}
