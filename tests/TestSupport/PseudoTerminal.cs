using System.Text.RegularExpressions;

namespace Nvdimm.Extensions.TestSupport;

/// <summary>
/// Runs programs in a pseudo-terminal of a width, as a person runs them: <c>script</c> of util-linux makes it, <c>stty</c> of coreutils sets its width.
/// </summary>
internal static partial class PseudoTerminal
{
    /// <summary>Runs a program in a terminal, without colour unless the environment says otherwise.</summary>
    /// <param name="columns">The width of the terminal.</param>
    /// <param name="folder">The working folder, so that what is shown does not depend on where the tests are.</param>
    /// <param name="environment">Variables as <c>env</c> takes them.</param>
    /// <param name="program">The program and its arguments.</param>
    /// <returns>The exit status, and what the terminal showed: standard output and standard error.</returns>
    public static (int Status, string Screen) Run(int columns, string folder, IEnumerable<string> environment, params IEnumerable<string> program)
    {
        RealProgram.Require("script", "bsdutils");
        RealProgram.Require("stty", "coreutils");
        var words = string.Join(' ', new[] { "env", "NO_COLOR=1", "TERM=xterm" }.Concat(environment).Concat(program).Select(Quoted));
        var (status, screen, _) = RealProgram.Run("script", "--quiet", "--return", "--command", $"stty rows 50 cols {columns} && cd {Quoted(folder)} && exec {words}", "/dev/null");
        return (status, Shown(screen));
    }

    /// <summary>What a terminal shows: without colours and what sets it up.</summary>
    public static string Shown(string written) => Control().Replace(written, "").ReplaceLineEndings("\n");

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>What sets a terminal up and is not shown.</summary>
    [GeneratedRegex(@"\e\[[?0-9;]*[A-Za-z]|\e[=>]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Control();
}
