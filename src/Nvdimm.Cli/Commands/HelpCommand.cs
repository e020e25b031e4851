using System.CommandLine;
using Nvdimm.Cli.Help;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm help</c>: prints the help of a command.</summary>
internal static class HelpCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="environment">The tool's environment.</param>
    /// <param name="root">The root command, whose subcommands are explained.</param>
    public static Command Create(ToolEnvironment environment, Command root)
    {
        var names = new Argument<string[]>("COMMAND")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "The command, such as list, or layout accept. Default: the tool itself.",
        };
        var command = new Command("help", "Explains a command.") { names };
        command.SetAction(parsed =>
        {
            var explained = root;
            foreach (var name in parsed.GetValue(names) ?? [])
            {
                if (CommandTree.Find(explained, [name]) is not { } below)
                {
                    environment.Say(WrongCommandLine.UnknownCommand(explained, name));
                    return ExitStatus.Usage;
                }

                explained = below;
            }

            environment.Output.Write(HelpText.Of(explained));
            return ExitStatus.Good;
        });
        return command;
    }
}
