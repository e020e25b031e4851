using Nvdimm.Extensions;

namespace Nvdimm.Cli.Terminal;

/// <summary>
/// A table without frames: two spaces between columns, headings in capitals. If it does not fit, columns are left out by rank; if even
/// those without rank do not fit, each row becomes lines of <c>label: value</c>. Only the last column can wrap, and only between words.
/// </summary>
/// <param name="columns">The columns.</param>
internal sealed class TextTable(params IReadOnlyList<TextColumn> columns)
{
    /// <summary>Below this width rows become lines instead of losing a column.</summary>
    private const int Narrow = 60;

    private const int Gap = 2;

    /// <summary>The room that the last column gets before other columns are left out; more if its longest word needs more.</summary>
    private const int LastColumn = 24;

    private readonly List<ValueList<TextCell>> rows = [];

    /// <summary>The indentation of the table on a terminal.</summary>
    public int Indent { get; init; }

    /// <summary>Whether the table has headings. Default: yes.</summary>
    public bool HasHeadings { get; init; } = true;

    /// <summary>Adds a row with one cell per column.</summary>
    public void Add(params ReadOnlySpan<TextCell> cells)
    {
        if (cells.Length != columns.Count)
        {
            throw new ArgumentException($"{cells.Length} cells for {columns.Count} columns", nameof(cells));
        }

        rows.Add([.. cells]);
    }

    /// <summary>
    /// The table for programs: tab-separated cells, all columns, sizes in bytes, one line of headings. A tab in a cell is escaped.
    /// </summary>
    public IEnumerable<string> TabSeparated()
    {
        if (HasHeadings)
        {
            yield return string.Join('\t', columns.Where(column => !column.IsForPeople).Select(column => column.Heading));
        }

        foreach (var row in rows)
        {
            yield return string.Join('\t', row.Where((_, index) => !columns[index].IsForPeople).Select(cell => cell.Exact));
        }
    }

    /// <summary>The headings of the columns that are left out at a width.</summary>
    public ValueList<string> Hidden(int width, bool isWide) =>
        Fitting(width, isWide) is { } shown
            ? Enumerable.Range(0, columns.Count).Except(shown).Select(index => columns[index].Heading).ToValueList()
            : [];

    /// <summary>The lines of the table at a width.</summary>
    public IEnumerable<string> Lines(int width, bool isWide) =>
        Fitting(width, isWide) is { } shown ? Grid(shown, isWide ? int.MaxValue : width) : Records(width);

    /// <summary>The columns that fit, in their order; null if rows must become lines.</summary>
    private List<int>? Fitting(int width, bool isWide)
    {
        var shown = Enumerable.Range(0, columns.Count).ToList();
        while (!isWide && LeastWidth(shown) > width)
        {
            var next = shown.MaxBy(index => columns[index].Rank);
            if (columns[next].Rank == 0 || width < Narrow)
            {
                return null;
            }

            shown.Remove(next);
        }

        return shown;
    }

    private int LeastWidth(List<int> shown) =>
        Indent + ((shown.Count - 1) * Gap) + shown.Sum(index => index == columns.Count - 1 ? LeastOfLast() : WidthOf(index));

    private int LeastOfLast() => !columns[^1].Wraps
        ? WidthOf(columns.Count - 1)
        : Math.Max(Math.Min(WidthOf(columns.Count - 1), LastColumn), Cells(columns.Count - 1).SelectMany(text => text.Split(' ')).Max(
            TextLines.WidthOf));

    private int WidthOf(int index) => Cells(index).Max(TextLines.WidthOf);

    private IEnumerable<string> Cells(int index) => rows.Select(row => row[index].Shown).Prepend(HasHeadings ? columns[index].Heading : "");

    private IEnumerable<string> Grid(List<int> shown, int width)
    {
        var widths = shown.ConvertAll(WidthOf);
        var start = Indent + widths.Take(shown.Count - 1).Sum() + ((shown.Count - 1) * Gap);
        var heading = columns.Select(column => new TextCell(column.Heading)).ToValueList();
        foreach (var row in HasHeadings ? rows.Prepend(heading) : rows)
        {
            var texts = shown.SkipLast(1).Select((index, place) => Padded(row[index].Shown, widths[place], columns[index].IsNumber));
            var fixedPart = string.Join(new string(' ', Gap), texts);
            var last = row[shown[^1]].Shown;
            var isFirst = true;
            foreach (var line in columns[shown[^1]].Wraps
                ? TextLines.Wrap(last, width - start, 0, 0)
                : [Padded(last, widths[^1], columns[shown[^1]].IsNumber)])
            {
                var before = isFirst
                    ? $"{new string(' ', Indent)}{fixedPart}{(shown.Count > 1 ? new string(' ', Gap) : "")}"
                    : new string(' ', start);
                yield return $"{before}{line}".TrimEnd();
                isFirst = false;
            }
        }
    }

    private static string Padded(string text, int width, bool isRight)
    {
        var padding = new string(' ', Math.Max(0, width - TextLines.WidthOf(text)));
        return isRight ? padding + text : text + padding;
    }

    private IEnumerable<string> Records(int width)
    {
        var isFirst = true;
        foreach (var row in rows)
        {
            if (!isFirst && HasHeadings)
            {
                yield return "";
            }

            isFirst = false;
            var present = columns.Zip(row).Where(pair => pair.Second.Shown is not ("" or TextCell.Missing)).ToList();
            var texts = HasHeadings
                ? present.Select(pair => $"{pair.First.Heading.ToLowerInvariant()}: {pair.Second.Shown}")
                : [$"{row[0].Shown}: {string.Join(", ", present.Skip(1).Select(pair => pair.Second.Shown))}"];
            foreach (var line in texts.SelectMany(text => TextLines.Wrap(text, width, Indent, Indent + 2)))
            {
                yield return line;
            }
        }
    }
}
