using System.CommandLine;
using System.Text;
using Nvdimm.Cli.Completion;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Installation;
using Nvdimm.Extensions.Host.Devices;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm completion</c>: the completion scripts for shells, and the hidden command that the scripts call.</summary>
internal static class CompletionCommand
{
    /// <summary>The shells with a completion script.</summary>
    public static IReadOnlyDictionary<string, string> Shells { get; } = new[] { "bash", "zsh", "fish" }.ToDictionary(
        shell => shell, StringComparer.Ordinal);

    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var shell = Options.Word("SHELL", "The shell: bash, zsh or fish.", Shells, "shell");
        var command = new Command(
            "completion",
            "Prints the completion script for a shell.\n"
            + "The packages install it. If you use the .NET tool, write it to the place where your shell looks for such scripts.")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            environment.Output.Write(Encoding.UTF8.GetString(Resources.Completion(parsed.GetValue(shell)!).Span));
            return ExitStatus.Good;
        });
        return command;
    }

    /// <summary>Creates the hidden command that the scripts call: <c>nvdimm complete -- WORD…</c>.</summary>
    public static Command CreateAnswering(ToolEnvironment environment, Command root)
    {
        var words = new Argument<string[]>("WORD") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("complete", "Answers the completion scripts.") { words };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            foreach (var line in new Completer(root, () => DeviceNames(environment)).Complete(parsed.GetValue(words) ?? []))
            {
                environment.Output.WriteLine(line);
            }

            return ExitStatus.Good;
        });
        return command;
    }

    /// <summary>The device names that the kernel knows. Reading them needs neither ndctl nor root.</summary>
    private static IEnumerable<string> DeviceNames(ToolEnvironment environment)
    {
        try
        {
            return new SysfsNvdimmReader(environment.Root).List().Select(device => device.Name);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Completion has no place for an error; the command itself will report it.
            return [];
        }
    }
}
