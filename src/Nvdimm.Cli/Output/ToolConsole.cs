using Nvdimm.Extensions;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Output for people. Colour and the terminal's width only on a terminal; elsewhere nothing is cut or wrapped.</summary>
internal static class ToolConsole
{
    private const int NoLimit = 100_000;

    /// <summary>The console over a writer.</summary>
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
        if (!isTerminal)
        {
            console.Profile.Width = NoLimit;
        }

        return console;
    }

    /// <summary>A table with these headings.</summary>
    public static Table Table(params ReadOnlySpan<string> headings)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true };
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading)).NoWrap());
        }

        return table;
    }

    /// <summary>A row of plain texts; nothing in them is markup.</summary>
    public static void AddTexts(this Table table, params IEnumerable<string> cells) =>
        table.AddRow(cells.Select(cell => new Text(Printable.Text(cell))));

    /// <summary>A column whose numbers stand below each other.</summary>
    public static Table AlignRight(this Table table, params ReadOnlySpan<int> columns)
    {
        foreach (var column in columns)
        {
            table.Columns[column].Alignment = Justify.Right;
        }

        return table;
    }

    /// <summary>Findings, one a line: how bad it is, the code, the text.</summary>
    public static void WriteFindings(this IAnsiConsole console, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            console.Write(Line(finding));
            console.WriteLine();
        }
    }

    private static Text Line(Finding finding) => finding.Severity == Severity.Error
        ? new Text($"error   {finding.Code}: {Printable.Text(finding.Message)}", new Style(Color.Red))
        : new Text($"warning {finding.Code}: {Printable.Text(finding.Message)}", new Style(Color.Yellow));
}
