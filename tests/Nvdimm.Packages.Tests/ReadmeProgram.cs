using System.Text.RegularExpressions;

namespace Nvdimm.Packages.Tests;

/// <summary>
/// A complete program in a readme: the C# after the line <c>&lt;!-- complete program: ARGUMENTS --&gt;</c>. Of its arguments <c>{listing}</c> is a
/// file with what ndctl printed, and <c>{folder}</c> a folder in which it is <c>host1.json</c>.
/// </summary>
/// <param name="Readme">The file.</param>
/// <param name="Arguments">How it is run.</param>
/// <param name="Code">The program.</param>
internal sealed partial record ReadmeProgram(string Readme, string Arguments, string Code)
{
    public string Name => Path.GetFileName(Path.GetDirectoryName(Readme))!;

    public static ReadmeProgram[] All { get; } =
    [
        .. from readme in Packages.Readmes.Prepend(Path.Combine(TestFiles.RepositoryRoot, "README.md"))
           from match in Marked.Matches(File.ReadAllText(readme))
           select new ReadmeProgram(readme, match.Groups["arguments"].Value, match.Groups["code"].Value),
    ];

    [GeneratedRegex(@"<!-- complete program:(?<arguments>[^\n]*?)-->\n+```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Marked { get; }
}
