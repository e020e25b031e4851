using System.CommandLine;
using System.CommandLine.Completions;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Terminal;

namespace Nvdimm.Cli.Completion;

/// <summary>Computes the completions of a command line of the tool.</summary>
/// <param name="root">The root command.</param>
/// <param name="devices">The names of this host's devices; called only if the cursor is at a device.</param>
internal sealed class Completer(Command root, Func<IEnumerable<string>> devices)
{
    /// <summary>The line that tells the shell to complete a file name.</summary>
    public const string Files = ":files";

    /// <summary>The line that tells the shell to complete the name of a folder.</summary>
    public const string Folders = ":folders";

    private static readonly string[] FileTerms = ["FILE", "PATH", "BACKUP"];

    /// <summary>
    /// The completions, one per line: the word, a tab, its purpose. Or only <see cref="Files"/> or <see cref="Folders"/> if the shell must
    /// complete a path.
    /// </summary>
    /// <param name="words">The words after the tool's name up to the cursor. The last word is completed, and may be empty.</param>
    public IEnumerable<string> Complete(IReadOnlyList<string> words)
    {
        var current = words.Count == 0 ? "" : words[^1];
        var place = Walk(words.SkipLast(1));
        if (place.Open is { } open && !(place.IsOptional && current.StartsWith('-')))
        {
            // A shell that splits words at '=' passes it as a separate word.
            return Fitting(
                Values(open.CompletionSources.Count > 0 ? open.GetCompletions(CompletionContext.Empty) : [], open.HelpName),
                current == "=" ? "" : current);
        }

        if (current.StartsWith("--", StringComparison.Ordinal) && current.Split('=', 2) is [var name, var value]
            && Option(place.Command, name) is { HelpName: { } term } option)
        {
            return Fitting(Values(option.GetCompletions(CompletionContext.Empty), term), value)
                .Select(line => line.StartsWith(':') ? line : $"{name}={line}");
        }

        return Fitting(current.StartsWith('-') ? Options(place) : Names(place), current);
    }

    /// <summary>The position of the cursor.</summary>
    /// <param name="Command">The command before the cursor.</param>
    /// <param name="Open">The option whose value comes next; null if there is none.</param>
    /// <param name="IsOptional">Whether that option already has a value.</param>
    /// <param name="Arguments">The number of arguments before the cursor.</param>
    /// <param name="Given">The options before the cursor.</param>
    private sealed record Place(Command Command, Option? Open, bool IsOptional, int Arguments, HashSet<string> Given);

    private Place Walk(IEnumerable<string> words)
    {
        var place = new Place(root, null, false, 0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var word in words.Where(word => word != "="))
        {
            if (place.Open is { } open && !(place.IsOptional && word.StartsWith('-')))
            {
                place = open.AllowMultipleArgumentsPerToken ? place with { IsOptional = true } : place with { Open = null };
            }
            else if (word.StartsWith('-'))
            {
                place.Given.Add(word.Split('=')[0]);
                place = place with
                {
                    Open = Option(place.Command, word) is { HelpName: not null } option ? option : null,
                    IsOptional = false,
                };
            }
            else
            {
                place = place.Arguments == 0 && CommandTree.Find(ExplainedBy(place.Command), [word]) is { } below
                    ? place with { Command = below }
                    : place with { Arguments = place.Arguments + 1, Open = null };
            }
        }

        return place;
    }

    /// <summary>The command whose subcommands can follow: after <c>nvdimm help</c> the root command.</summary>
    private Command ExplainedBy(Command command) => command.Name == "help" ? root : command;

    private static Option? Option(Command command, string name) =>
        CommandTree.Options(command).FirstOrDefault(option => option.Name == name);

    private static IEnumerable<(string Word, string What)> Options(Place place) => CommandTree.Options(place.Command)
        .Where(option => option.AllowMultipleArgumentsPerToken || !place.Given.Contains(option.Name))
        .Select(option => (option.Name, Brief(option.Description!)));

    private IEnumerable<(string Word, string What)> Names(Place place) =>
        CommandTree.Shown(ExplainedBy(place.Command)).ToList() is { Count: > 0 } commands
        ? place.Arguments > 0 ? [] : commands.Select(below => (below.Name, Brief(CommandTree.Purpose(below))))
        : place.Arguments < place.Command.Arguments.Count && place.Command.Arguments[place.Arguments] is var argument
            ? Values(argument.GetCompletions(CompletionContext.Empty), CommandTree.Term(argument))
            : [];

    private IEnumerable<(string Word, string What)> Values(IEnumerable<CompletionItem> completions, string? term)
    {
        var words = completions.Select(item => (item.Label, item.Detail ?? ""));
        return term switch
        {
            null => words,
            _ when term.StartsWith("DEVICE", StringComparison.Ordinal) => words.Concat(devices().Select(name => (name, ""))),
            _ when FileTerms.Contains(term.Split('|')[0], StringComparer.Ordinal) => words.Append((Files, "")),
            _ when term.Split('|').Any(part => part is "DIR" or "FOLDER") => words.Append((Folders, "")),
            _ => words,
        };
    }

    private static string Brief(string text) => text.Split(". ")[0].TrimEnd('.');

    private static IEnumerable<string> Fitting(IEnumerable<(string Word, string What)> words, string current) => words
        .Where(pair => pair.Word.StartsWith(':') || pair.Word.StartsWith(current, StringComparison.Ordinal))
        .Select(pair => $"{Printable.Text(pair.Word)}\t{pair.What}".TrimEnd('\t'));
}
