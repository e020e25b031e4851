using System.CommandLine;

namespace Nvdimm.Cli.Help;

/// <summary>Queries on the commands, for help, completion and manual pages.</summary>
internal static class CommandTree
{
    /// <summary>The full name of a command: <c>nvdimm layout accept</c>.</summary>
    public static string FullName(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } above ? $"{FullName(above)} {command.Name}" : command.Name;

    /// <summary>The full name without the tool's name; empty for the root command.</summary>
    public static string Path(Command command) => FullName(command).Split(' ', 2) is [_, var path] ? path : "";

    /// <summary>The visible subcommands of a command.</summary>
    public static IEnumerable<Command> Shown(Command command) => command.Subcommands.Where(below => !below.Hidden);

    /// <summary>The options of a command, those of every command last.</summary>
    public static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Options).Where(option => option.Recursive));

    /// <summary>The command with these names; null if there is none.</summary>
    public static Command? Find(Command root, IEnumerable<string> names)
    {
        var command = root;
        foreach (var name in names)
        {
            if (Shown(command).FirstOrDefault(below => below.Name == name) is not { } found)
            {
                return null;
            }

            command = found;
        }

        return command;
    }

    /// <summary>The first line of a description: the purpose of the command.</summary>
    public static string Purpose(Command command) => command.Description!.Split('\n', 2)[0];

    /// <summary>The description after the first line; empty if there is no more.</summary>
    public static string Details(Command command) => command.Description!.Split('\n', 2) is [_, var rest] ? rest : "";

    /// <summary>The notation of an option: <c>--device DEVICE…</c>.</summary>
    public static string Term(Option option) => $"{string.Join(", ", option.Aliases.Append(option.Name))}{Value(option)}";

    /// <summary>The notation of an argument.</summary>
    public static string Term(Argument argument) => argument.HelpName ?? argument.Name;

    /// <summary>The usage line of a command: its arguments, its required options, and <c>[OPTIONS]</c> if it has others.</summary>
    public static string Usage(Command command)
    {
        if (Shown(command).Any())
        {
            return $"{FullName(command)} COMMAND";
        }

        var arguments = command.Arguments.Select(
            argument => argument.Arity.MinimumNumberOfValues == 0 ? $"[{Term(argument)}]" : Term(argument));
        var required = command.Options.Where(option => option.Required).Select(option => $"{option.Name}{Value(option)}");
        var others = command.Options.Any(option => !option.Required) ? ["[OPTION…]"] : Array.Empty<string>();
        return string.Join(' ', [FullName(command), .. arguments, .. required, .. others]);
    }

    private static string Value(Option option) =>
        option.HelpName is { } value ? $" {value}{(option.AllowMultipleArgumentsPerToken ? "…" : "")}" : "";
}
