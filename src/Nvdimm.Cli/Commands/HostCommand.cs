using System.CommandLine;
using System.Runtime.Versioning;
using Nvdimm.Cli.Installation;
using Nvdimm.Cli.Output;
using Nvdimm.Extensions;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm host install|status|uninstall</c>: the hooks on this host, without a package manager.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HostCommand
{
    private readonly Option<string> root = new("--root")
    {
        HelpName = "DIR",
        Description = "A folder that stands for the host's root.",
        DefaultValueFactory = _ => "/",
    };

    private readonly Option<bool> json = Options.AsJson();
    private readonly ToolEnvironment environment;

    private HostCommand(ToolEnvironment environment) => this.environment = environment;

    /// <summary>The command.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var host = new HostCommand(environment);
        return new Command("host", "The VDSM hooks on this host: puts them there, says how they are there, removes them.")
        {
            host.Install(),
            host.Of("status", "Says how every part of the hooks is there. Exit status 3: something is missing, differs, is not ours, or closed to VDSM's user.", Status),
            host.Of("uninstall", "Removes the hooks. The records of the devices' layouts and a changed configuration stay.", Uninstall),
        };
    }

    private static HostOutcome Status(HookTree tree)
    {
        var parts = new HookInstallation(tree, HookProgram.Installed(tree)).Status();
        return new HostOutcome(parts, parts.All(part => part.State is PartState.Present or PartState.Kept));
    }

    private static HostOutcome Uninstall(HookTree tree)
    {
        var parts = new HookInstallation(tree, HookProgram.Installed(tree)).Uninstall();
        return new HostOutcome(parts, true);
    }

    private Command Install()
    {
        var program = new Option<string>("--hook")
        {
            HelpName = "FILE",
            Description = $"The hooks' program. Default: {HookProgram.Name} beside this tool.",
        };
        var command = Of(
            "install",
            "Puts the hooks on this host; a second time changes nothing. Exit status 3: something that is not ours is in the way, and nothing was changed; or VDSM does not get to a part, for permissions that are not ours to change.",
            (tree, parsed) =>
            {
                var parts = new HookInstallation(tree, HookProgram.Read(parsed.GetValue(program))).Install();
                return new HostOutcome(parts, parts.All(part => part.State is not (PartState.Foreign or PartState.Differs)));
            });
        command.Add(program);
        return command;
    }

    private Command Of(string name, string description, Func<HookTree, HostOutcome> work) => Of(name, description, (tree, _) => work(tree));

    private Command Of(string name, string description, Func<HookTree, ParseResult, HostOutcome> work)
    {
        var command = new Command(name, description) { root, json };
        command.SetAction(parsed =>
        {
            var tree = new HookTree(parsed.GetValue(root)!);
            if (!Directory.Exists(tree.Root))
            {
                throw new BadInputException($"{tree.Root} is no folder.");
            }

            var outcome = work(tree, parsed);
            Write(outcome, parsed.GetValue(json));
            return outcome.IsGood ? ExitStatus.Good : ExitStatus.Refused;
        });
        return command;
    }

    private void Write(HostOutcome outcome, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, writer => writer.Installation(outcome.IsGood, outcome.Parts));
        }
        else
        {
            ToolConsole.ForOutput(environment).WriteInstallation(outcome.Parts);
        }
    }

    private sealed record HostOutcome(ValueList<InstallationPart> Parts, bool IsGood);
}
