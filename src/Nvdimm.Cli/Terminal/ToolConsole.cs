using Nvdimm.Extensions;
using Spectre.Console;

namespace Nvdimm.Cli.Terminal;

/// <summary>
/// Text output. On a terminal texts wrap between words, tables fit the width (<see cref="TextTable"/>), and there is colour. Elsewhere
/// nothing is wrapped, cut or coloured, tables are tab-separated, and each finding is one line, as <c>TABLES.md</c> in this project
/// describes.
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

    /// <summary>Whether the output is a terminal.</summary>
    public bool IsTerminal => width is not null;

    /// <summary>Whether tables show all columns, whatever the width of the terminal.</summary>
    public bool IsWide { get; }

    /// <summary>The number of columns of a line; without a terminal, unlimited.</summary>
    public int Width => width ?? NoLimit;

    /// <summary>The console for standard output.</summary>
    /// <param name="environment">The tool's environment.</param>
    /// <param name="isWide">Whether tables show all columns, whatever the width of the terminal.</param>
    public static ToolConsole ForOutput(ToolEnvironment environment, bool isWide = false) => new(
        Over(environment.Output, environment.IsOutputTerminal), environment.IsOutputTerminal ? environment.TerminalWidth() : null, isWide);

    /// <summary>The console for standard error.</summary>
    public static ToolConsole ForErrors(ToolEnvironment environment) => new(
        Over(environment.Error, environment.IsErrorTerminal), environment.IsErrorTerminal ? environment.TerminalWidth() : null,
        isWide: false);

    /// <summary>
    /// The console for notes beside a table: on a terminal this one, elsewhere standard error, so that the output is only the table.
    /// </summary>
    public ToolConsole ForNotes(ToolEnvironment environment) => IsTerminal ? this : ForErrors(environment);

    /// <summary>Spectre's console over a writer, for progress and colour.</summary>
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

    /// <summary>Writes an empty line, which separates sections.</summary>
    public void WriteLine() => Write("", color: null);

    /// <summary>Writes a text, on as many lines as it needs.</summary>
    /// <param name="text">The text. Control sequences of a terminal are escaped.</param>
    /// <param name="color">The colour on a terminal; null for none.</param>
    /// <param name="indent">The indentation in columns.</param>
    public void WriteLine(string text, Color? color = null, int indent = 0)
    {
        foreach (var line in TextLines.Wrap(Shown(text), Width, indent, indent))
        {
            Write(line, color);
        }
    }

    /// <summary>Writes a mark and a text. Further lines are indented to the text.</summary>
    public void WriteItem(string mark, string text, Color? color = null)
    {
        foreach (var line in TextLines.Wrap($"{mark} {Shown(text)}", Width, 0, 2))
        {
            Write(line, color);
        }
    }

    /// <summary>
    /// Writes a command line to copy. If it does not fit, each line but the last ends with a backslash, so that a shell takes the lines as
    /// one.
    /// </summary>
    /// <param name="command">The command, quoted for a shell.</param>
    /// <param name="indent">The indentation in columns.</param>
    public void WriteCommand(string command, int indent = 2)
    {
        foreach (var line in TextLines.WrapCommand(Shown(command), Width, indent))
        {
            Write(line, color: null);
        }
    }

    /// <summary>
    /// Writes advice. On a terminal a command of this tool gets its own lines, so that it can be copied; a sentence, and all advice in a
    /// pipe, is one line.
    /// </summary>
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

    /// <summary>Writes a document, such as XML, unchanged.</summary>
    public void WriteDocument(string text) => ansi.Profile.Out.Writer.WriteLine(text);

    /// <summary>Writes a table, and the names of the columns that did not fit.</summary>
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
    /// Writes findings. In a pipe each is one line: severity, code, text. On a terminal findings that differ only in their device are
    /// printed once, with the code and the devices at the end.
    /// </summary>
    public void WriteFindings(IEnumerable<Finding> findings)
    {
        if (!IsTerminal)
        {
            foreach (var finding in findings)
            {
                Write(Shown(
                    $"{(finding.Severity == Severity.Error ? "error  " : "warning")} {finding.Code}: {finding.Message}"), color: null);
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

    /// <summary>Writes findings below a heading, and an empty line after them; nothing if there are none. Only for a terminal.</summary>
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

    /// <summary>Writes what was not checked, and why. Nothing is known about it.</summary>
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
