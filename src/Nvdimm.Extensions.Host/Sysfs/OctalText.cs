using System.Globalization;
using System.Text.RegularExpressions;

namespace Nvdimm.Extensions.Host.Sysfs;

/// <summary>Names in procfs, where white space and backslashes are written as <c>\040</c>.</summary>
internal static partial class OctalText
{
    public static string Decode(string text) => Escape.Replace(text, match => ((char)Convert.ToInt32(match.Value[1..], 8)).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\\[0-7]{3}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape { get; }
}
