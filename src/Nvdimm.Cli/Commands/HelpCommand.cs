using System.CommandLine;
using Nvdimm.Cli.Help;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm help</c>: the help of a command.</summary>
internal static class HelpCommand
{
    /// <summary>The command.</summary>
    /// <param name="environment">What is around the tool.</param>
    /// <param name="root">The tool, whose commands are explained.</param>
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
            var found = root;
            foreach (var name in parsed.GetValue(names) ?? [])
            {
                if (CommandTree.Find(found, [name]) is not { } below)
                {
                    environment.Say(WrongCommandLine.UnknownCommand(found, name));
                    return ExitStatus.Usage;
                }

                found = below;
            }

            environment.Output.Write(HelpText.Of(found));
            return ExitStatus.Good;
        });
        return command;
    }
}
