using System.CommandLine;

namespace Nvdimm.Cli.Help;

/// <summary>What help, completion and manual pages ask of the commands.</summary>
internal static class CommandTree
{
    /// <summary>The command with the names of those above it: <c>nvdimm layout accept</c>.</summary>
    public static string FullName(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } above ? $"{FullName(above)} {command.Name}" : command.Name;

    /// <summary>The same without the tool's name; empty for the tool.</summary>
    public static string Path(Command command) => FullName(command).Split(' ', 2) is [_, var path] ? path : "";

    /// <summary>The commands of a command that are shown.</summary>
    public static IEnumerable<Command> Shown(Command command) => command.Subcommands.Where(below => !below.Hidden);

    /// <summary>The options of a command, those of every command last.</summary>
    public static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Options).Where(option => option.Recursive));

    /// <summary>The command of these names; null where there is none.</summary>
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

    /// <summary>The first line of a description: what the command is for.</summary>
    public static string Purpose(Command command) => command.Description!.Split('\n', 2)[0];

    /// <summary>What the description says after that; empty where that is all.</summary>
    public static string Details(Command command) => command.Description!.Split('\n', 2) is [_, var rest] ? rest : "";

    /// <summary>How an option is written: <c>--device DEVICE…</c>.</summary>
    public static string Term(Option option) => $"{string.Join(", ", option.Aliases.Append(option.Name))}{Value(option)}";

    /// <summary>How an argument is written.</summary>
    public static string Term(Argument argument) => argument.HelpName ?? argument.Name;

    /// <summary>How a command is called: its arguments, the options that it needs, and whether there are others.</summary>
    public static string Usage(Command command)
    {
        if (Shown(command).Any())
        {
            return $"{FullName(command)} COMMAND";
        }

        var arguments = command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $"[{Term(argument)}]" : Term(argument));
        var required = command.Options.Where(option => option.Required).Select(option => $"{option.Name}{Value(option)}");
        var others = command.Options.Any(option => !option.Required) ? ["[OPTION…]"] : Array.Empty<string>();
        return string.Join(' ', [FullName(command), .. arguments, .. required, .. others]);
    }

    private static string Value(Option option) =>
        option.HelpName is { } value ? $" {value}{(option.AllowMultipleArgumentsPerToken ? "…" : "")}" : "";
}
