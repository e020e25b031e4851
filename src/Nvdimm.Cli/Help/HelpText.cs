using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Nvdimm.Cli.Help;

/// <summary>The help of a command as text of at most 80 columns: purpose, usage, options, examples and exit statuses.</summary>
internal static class HelpText
{
    /// <summary>The largest number of columns in a line.</summary>
    public const int Width = 80;

    /// <summary>The environment variable that holds the password for an engine.</summary>
    public const string PasswordVariable = "NVDIMM_ENGINE_PASSWORD";

    // A longer term gets a line of its own.
    private const int TermWidth = 24;

    /// <summary>The help of a command, with a line feed at its end.</summary>
    public static string Of(Command command)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{CommandTree.Purpose(command)}\n");
        if (CommandTree.Details(command) is { Length: > 0 } details)
        {
            text.Append('\n');
            Paragraph(text, details, 0);
        }

        text.Append("\nUsage:\n");
        Paragraph(text, CommandTree.Usage(command), 2, continuation: 4);
        Entries(text, "Commands", CommandTree.Shown(command).Select(below => (below.Name, CommandTree.Purpose(below))));
        Entries(text, "Arguments", command.Arguments.Select(argument => (CommandTree.Term(argument), argument.Description!)));
        Entries(text, "Options", CommandTree.Options(command).Select(option => (CommandTree.Term(option), option.Description!)));
        Ending(text, command);
        return text.ToString();
    }

    /// <summary>
    /// Breaks a text between words into lines of at most <paramref name="width"/> characters; a longer word gets its own line.
    /// </summary>
    internal static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    private static void Ending(StringBuilder text, Command command)
    {
        var path = CommandTree.Path(command);
        if (CommandHelps.Of(path) is { } help)
        {
            text.Append("\nExamples:\n");
            foreach (var example in help.Examples)
            {
                Paragraph(text, $"# {example.What}", 2);
                Paragraph(text, example.CommandLine, 2, continuation: 6, lineEnd: " \\");
            }

            Statuses(text, help.Statuses.Append(CommandHelps.Tool.First(meaning => meaning.Status == ExitStatus.Usage)).OrderBy(
                meaning => meaning.Status));
        }

        if (path.Length == 0)
        {
            Statuses(text, CommandHelps.Tool);
            Paragraph(text, "If several of 3, 4 and 5 apply, the largest one is returned.", 2);
        }

        if (path.Length > 0 && TakesPassword(command))
        {
            Entries(text, "Environment", [(PasswordVariable, "The password of the user, unless --password-file is given.")]);
        }

        var explained = string.Join(' ', new[] { "nvdimm help", path, "COMMAND" }.Where(word => word.Length > 0));
        text.Append(CommandTree.Shown(command).Any() ? $"\n'{explained}' explains a command. " : "\n")
            .Append("Manual: man ")
            .Append(ManualName(path))
            .Append('\n');
    }

    /// <summary>Whether the command, or one of its commands, logs in with a password.</summary>
    private static bool TakesPassword(Command command) =>
        command.Options.Any(option => option.Name == "--password-file") || command.Subcommands.Any(TakesPassword);

    /// <summary>The name of the manual page that describes a command: one page for each top-level command.</summary>
    internal static string ManualName(string path) => path.Length == 0 ? "nvdimm" : $"nvdimm-{path.Split(' ')[0]}";

    private static void Statuses(StringBuilder text, IEnumerable<ExitMeaning> statuses)
    {
        text.Append("\nExit status:\n");
        foreach (var (status, meaning) in statuses)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {status,-5}");
            Rest(text, meaning, 7);
        }
    }

    private static void Entries(StringBuilder text, string heading, IEnumerable<(string Term, string Meaning)> entries)
    {
        var isFirst = true;
        foreach (var (term, meaning) in entries)
        {
            text.Append(isFirst ? $"\n{heading}:\n" : "");
            isFirst = false;
            text.Append("  ").Append(term);
            if (term.Length > TermWidth - 2)
            {
                text.Append('\n').Append(' ', TermWidth + 2);
            }
            else
            {
                text.Append(' ', TermWidth - term.Length);
            }

            Rest(text, meaning, TermWidth + 2);
        }
    }

    /// <summary>Appends a text whose first line has already begun.</summary>
    private static void Rest(StringBuilder text, string meaning, int indent) =>
        text.AppendJoin($"\n{new string(' ', indent)}", Wrap(meaning, Width - indent)).Append('\n');

    private static void Paragraph(StringBuilder text, string paragraph, int indent, int? continuation = null, string lineEnd = "")
    {
        var following = continuation ?? indent;
        text.Append(' ', indent)
            .AppendJoin($"{lineEnd}\n{new string(' ', following)}", Wrap(paragraph, Width - following - lineEnd.Length))
            .Append('\n');
    }
}
