using System.Text;
using Nvdimm.Cli.Terminal;

namespace Nvdimm.Cli.Tests;

/// <summary>Runs the tool in real pseudo-terminals, and compares what they show with one golden for all widths.</summary>
internal static class TerminalGolden
{
    /// <summary>With the tests' own list of assemblies: the web framework that the tests need has some that are beside the tool elsewhere.</summary>
    private static readonly string[] Tool =
    [
        "dotnet", "exec",
        "--runtimeconfig", TestFile("runtimeconfig.json"),
        "--depsfile", TestFile("deps.json"),
        typeof(NvdimmTool).Assembly.Location,
    ];

    private static readonly int[] Widths = [60, 80, 100, 132, 200];

    /// <summary>What a command shows in a terminal of each width is what its golden has, and no line is longer than the terminal but for a word that is.</summary>
    /// <param name="name">The golden, without ending.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">The command line.</param>
    public static void AssertMatches(string name, string folder, IReadOnlyCollection<string> arguments)
    {
        var golden = new StringBuilder();
        foreach (var width in Widths)
        {
            var (status, screen) = Run(width, folder, "C.UTF-8", arguments);
            Append(golden, width, status, screen, isWide: arguments.Contains("--wide"));
        }

        AssertMatches(name, golden);
    }

    /// <summary>The same for a tool in this process, whose surroundings are the test's.</summary>
    /// <param name="name">The golden, without ending.</param>
    /// <param name="run">Runs the tool in a terminal of a width.</param>
    public static async Task AssertMatches(string name, Func<int, Task<ToolRun>> run)
    {
        var golden = new StringBuilder();
        foreach (var width in Widths)
        {
            var shown = await run(width);
            Append(golden, width, shown.Status, shown.Output, isWide: false);
        }

        AssertMatches(name, golden);
    }

    /// <summary>The tool in a terminal of a width, in a locale.</summary>
    public static (int Status, string Screen) Run(int columns, string folder, string locale, params IEnumerable<string> arguments) =>
        PseudoTerminal.Run(columns, folder, [$"LC_ALL={locale}"], [.. Tool, .. arguments]);

    /// <summary>No line is longer than the terminal but for a word that is.</summary>
    public static void AssertFits(string screen, int width)
    {
        foreach (var line in screen.Split('\n').Where(line => TextLines.WidthOf(line) > width))
        {
            Assert.That(line.Replace(" \\", "", StringComparison.Ordinal).Trim().Split(' '), Has.Length.EqualTo(1), $"{width} columns: {line}");
        }
    }

    private static string TestFile(string ending) => Path.ChangeExtension(typeof(TerminalGolden).Assembly.Location, ending);

    private static void Append(StringBuilder golden, int width, int status, string screen, bool isWide)
    {
        if (!isWide)
        {
            AssertFits(screen, width);
        }

        golden.Append($"==== {width} columns, status {status}\n").Append(screen);
    }

    private static void AssertMatches(string name, StringBuilder golden) =>
        Golden.AssertMatches(TestFiles.PathOf("cli", "terminal", $"{name}.txt"), golden.ToString());
}
