using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Nvdimm.Extensions;

/// <summary>The English texts of all codes: the only place where they are.</summary>
public static partial class FindingTexts
{
    private static readonly FrozenDictionary<string, string> Texts =
        EngineTexts.All.Concat(NvdimmTexts.All).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All codes that have a text, in ordinal order.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Texts.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The text of a code, with its placeholders such as <c>${device}</c>; null for an unknown code.</summary>
    public static string? Template(string code) => Texts.GetValueOrDefault(code);

    /// <summary>
    /// The text of a finding with its arguments filled in. A placeholder without argument stays as it is;
    /// an unknown code gives the code and the arguments.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is null.</exception>
    public static string Format(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Template(finding.Code) is { } template
            ? Placeholder.Replace(template, match => finding[match.Groups["name"].Value] ?? match.Value)
            : $"{finding.Code} {finding.Arguments}";
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder { get; }
}
