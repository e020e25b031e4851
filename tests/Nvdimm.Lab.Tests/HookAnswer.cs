using System.Text.RegularExpressions;

namespace Nvdimm.Lab.Tests;

/// <summary>What a hook did that ran as a process of its own.</summary>
/// <param name="Status">Its exit status.</param>
/// <param name="Line">What it printed.</param>
/// <param name="Xml">The domain as it has left it.</param>
internal sealed partial record HookAnswer(int Status, string Line, string Xml)
{
    /// <summary>The codes of its findings, in its order.</summary>
    public ValueList<string> Codes { get; } = CodesIn(Line);

    /// <summary>The codes in what a hook printed.</summary>
    public static ValueList<string> CodesIn(string line) => Code().Matches(line).Select(match => match.Groups["code"].Value).ToValueList();

    [GeneratedRegex(@"\[(?<code>[A-Z_]+)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
