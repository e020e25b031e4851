using Nvdimm.Extensions;
using Spectre.Console;

namespace Nvdimm.Cli.Terminal;

/// <summary>
/// Output for people. On a terminal texts wrap between words at its width, tables fit it (<see cref="TextTable"/>), and colour helps. Elsewhere
/// nothing is wrapped, cut or coloured, tables are tab-separated, and each finding is one line: <c>TABLES.md</c> beside this project describes it.
/// </summary>
internal sealed class ToolConsole
{
    private const int NoLimit = 100_000;
    private readonly IAnsiConsole ansi;
    private readonly int? width;

    private ToolConsole(IAnsiConsole ansi, int? width, bool isWide)
    {
        this.ansi = ansi;
        this.width = width;
        IsWide = isWide;
        ansi.Profile.Width = NoLimit;
    }

    /// <summary>Whether a person reads it.</summary>
    public bool IsTerminal => width is not null;

    /// <summary>Whether tables have all columns, however wide the terminal is.</summary>
    public bool IsWide { get; }

    /// <summary>How many characters a line has room for; where nothing is wrapped, as many as there are.</summary>
    public int Width => width ?? NoLimit;

    /// <summary>The console over standard output.</summary>
    /// <param name="environment">What is around the tool.</param>
    /// <param name="isWide">Whether tables have all columns, however wide the terminal is.</param>
    public static ToolConsole ForOutput(ToolEnvironment environment, bool isWide = false) => new(
        Over(environment.Output, environment.IsOutputTerminal), environment.IsOutputTerminal ? environment.TerminalWidth() : null, isWide);

    /// <summary>The console over standard error.</summary>
    public static ToolConsole ForErrors(ToolEnvironment environment) => new(
        Over(environment.Error, environment.IsErrorTerminal), environment.IsErrorTerminal ? environment.TerminalWidth() : null, isWide: false);

    /// <summary>The console for what is said beside a table: on a terminal this one, elsewhere standard error, so that the table stands alone.</summary>
    public ToolConsole ForNotes(ToolEnvironment environment) => IsTerminal ? this : ForErrors(environment);

    /// <summary>The library's console over a writer, for progress and colour.</summary>
    public static IAnsiConsole Over(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Capabilities.Unicode = Printable.IsUnicodeTerminal;
        return console;
    }

    /// <summary>An empty line, which separates sections on a terminal and in pipes.</summary>
    public void WriteLine() => Write("", color: null);

    /// <summary>A text on a line, or on as many as it needs.</summary>
    /// <param name="text">The text, of which what steers a terminal is escaped.</param>
    /// <param name="color">The colour on a terminal; null for none.</param>
    /// <param name="indent">How far it is from the left.</param>
    public void WriteLine(string text, Color? color = null, int indent = 0)
    {
        foreach (var line in TextLines.Wrap(Shown(text), Width, indent, indent))
        {
            Write(line, color);
        }
    }

    /// <summary>A mark and a text, whose further lines begin below the text.</summary>
    public void WriteItem(string mark, string text, Color? color = null)
    {
        foreach (var line in TextLines.Wrap($"{mark} {Shown(text)}", Width, 0, 2))
        {
            Write(line, color);
        }
    }

    /// <summary>A command line to copy; where it has no room, each line but the last ends with a backslash, as a shell takes it.</summary>
    /// <param name="command">The command, quoted as a shell takes it.</param>
    /// <param name="indent">How far it is from the left.</param>
    public void WriteCommand(string command, int indent = 2)
    {
        foreach (var line in TextLines.WrapCommand(Shown(command), Width, indent))
        {
            Write(line, color: null);
        }
    }

    /// <summary>What to do: a command of this tool in lines of its own, so that it can be copied; in a pipe, and where it is a sentence, all in one.</summary>
    public void WriteAdvice(string what, string advice)
    {
        if (IsTerminal && advice.StartsWith("nvdimm ", StringComparison.Ordinal))
        {
            WriteLine($"{what}:");
            WriteCommand(advice);
        }
        else
        {
            WriteLine($"{what}: {advice}");
        }
    }

    /// <summary>A document, such as XML, as it is.</summary>
    public void WriteDocument(string text) => ansi.Profile.Out.Writer.WriteLine(text);

    /// <summary>A table, and which columns had no room.</summary>
    public void Write(TextTable table)
    {
        foreach (var line in IsTerminal ? table.Lines(Width, IsWide) : table.TabSeparated())
        {
            Write(line, color: null);
        }

        if (IsTerminal && table.Hidden(Width, IsWide) is { Count: > 0 } hidden)
        {
            WriteLine($"Not shown: {string.Join(", ", hidden)}. Show all columns with --wide.");
        }
    }

    /// <summary>
    /// Findings. In pipes one a line: how bad it is, the code, the text. On a terminal those that differ in their device only are said once, and the
    /// code and the devices come last.
    /// </summary>
    public void WriteFindings(IEnumerable<Finding> findings)
    {
        if (!IsTerminal)
        {
            foreach (var finding in findings)
            {
                Write(Shown($"{(finding.Severity == Severity.Error ? "error  " : "warning")} {finding.Code}: {finding.Message}"), color: null);
            }

            return;
        }

        foreach (var group in FindingGroup.Of(findings))
        {
            var isError = group.Severity == Severity.Error;
            WriteItem(isError ? "x" : "!", group.Text, isError ? Color.Red : Color.Yellow);
            WriteLine(group.Source, indent: 4);
        }
    }

    /// <summary>Findings below a heading, with an empty line after them; nothing where there are none. Only for a terminal.</summary>
    public void WriteSection(string heading, IEnumerable<Finding> findings)
    {
        var groups = FindingGroup.Of(findings).ToList();
        if (groups.Count == 0)
        {
            return;
        }

        WriteLine(heading);
        foreach (var group in groups)
        {
            WriteLine(group.Text, group.Severity == Severity.Error ? Color.Red : Color.Yellow, indent: 2);
            WriteLine(group.Source, indent: 4);
        }

        WriteLine();
    }

    /// <summary>What was not checked, and why: nothing may be concluded about it.</summary>
    public void WriteNotChecked(IEnumerable<string> reasons)
    {
        foreach (var reason in reasons)
        {
            WriteItem("Not checked:", reason);
        }
    }

    private string Shown(string text) => IsTerminal ? Printable.ForTerminal(text) : Printable.Text(text);

    private void Write(string line, Color? color)
    {
        if (color is { } shown)
        {
            ansi.Write(new Text(line, new Style(shown)));
            ansi.WriteLine();
        }
        else
        {
            ansi.Profile.Out.Writer.WriteLine(line);
        }
    }
}
