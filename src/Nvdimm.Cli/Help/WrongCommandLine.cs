using System.CommandLine;

namespace Nvdimm.Cli.Help;

/// <summary>Explains what is wrong with a command line, and suggests what was probably meant.</summary>
internal static class WrongCommandLine
{
    /// <summary>The reason, on one line.</summary>
    public static string Reason(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var word, ..])
        {
            // The parser's further errors only follow from the first unknown word.
            return Unknown(command, word);
        }

        var reasons = parsed.Errors.Select(error => error.Message.TrimEnd('.') + ".").Distinct(StringComparer.Ordinal);
        return $"{string.Join(' ', reasons)} {See(command)}";
    }

    /// <summary>The reason for an unknown command.</summary>
    public static string UnknownCommand(Command above, string word)
    {
        var hint = Nearest.Hint(word, CommandTree.Shown(above).Select(below => below.Name));
        var where = CommandTree.Path(above).Length == 0 ? "no command is" : $"no command of '{CommandTree.FullName(above)}' is";
        return $"{where} named '{word}'.{(hint.Length > 0 ? hint : $" {See(above)}")}";
    }

    private static string Unknown(Command command, string word)
    {
        if (word.StartsWith('-'))
        {
            var name = word.Split('=')[0];
            if (CommandTree.Options(command).Any(option => option.Name == name))
            {
                return $"{name} stands before its command: write it after '{CommandTree.FullName(command)}'.";
            }

            var hint = Nearest.Hint(name, CommandTree.Options(command).Select(option => option.Name));
            return $"'{CommandTree.FullName(command)}' has no option {name}.{(hint.Length > 0 ? hint : $" {See(command)}")}";
        }

        return CommandTree.Shown(command).Any()
            ? UnknownCommand(command, word)
            : $"'{CommandTree.FullName(command)}' takes no {(command.Arguments.Count > 0 ? "further " : "")}argument '{word}'. "
                + See(command);
    }

    private static string See(Command command) =>
        CommandTree.Path(command) is { Length: > 0 } path ? $"See 'nvdimm help {path}'." : "See 'nvdimm help'.";
}
