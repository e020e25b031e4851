using System.CommandLine;
using System.Runtime.Versioning;
using Nvdimm.Cli.Installation;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Extensions;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm host install|status|uninstall</c>: the hooks on this host, without a package manager.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HostCommand
{
    private readonly Option<string> root = new("--root")
    {
        HelpName = "DIR",
        Description = "A folder that is used as the root of the host. Default: /.",
        DefaultValueFactory = _ => "/",
    };

    private readonly Option<bool> json = Options.AsJson();
    private readonly ToolEnvironment environment;

    private HostCommand(ToolEnvironment environment) => this.environment = environment;

    /// <summary>The command.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var host = new HostCommand(environment);
        return new Command("host", "Installs, checks or removes the VDSM hooks on this host.\nThe packages install the same files.")
        {
            host.Install(),
            host.Status(),
            host.Uninstall(),
        };
    }

    private Command Install()
    {
        var program = new Option<string>("--hook")
        {
            HelpName = "FILE",
            Description = $"The hooks' program. Default: {HookProgram.Name} in the folder of this tool.",
        };
        var command = Of(
            "install",
            "Installs the hooks; a second time changes nothing.\nIf something that is not ours is in the way, nothing is changed.",
            (tree, parsed) =>
            {
                var parts = new HookInstallation(tree, HookProgram.Read(parsed.GetValue(program))).Install();
                var hasNewRules = parts.Any(part => part.Path == HookTree.DeviceRulesPath && part.State is PartState.Installed or PartState.Updated);
                var isGood = parts.All(part => part.State is not (PartState.Foreign or PartState.Differs));
                Write(parts, isGood, parsed.GetValue(json), isUdevLeft: hasNewRules && !DeviceManager.Apply(tree));
                return isGood;
            });
        command.Add(program);
        return command;
    }

    private Command Status()
    {
        var all = new Option<bool>("--all") { Description = "List every part, also those that are in place." };
        var command = Of(
            "status",
            "Checks whether the hooks are installed, whole, and rightly configured.\nAlso says whether the installed libvirt and QEMU were verified.",
            (tree, parsed) =>
            {
                var install = NextSteps.Command(["host", "install", .. Options.WordsOf(parsed, root)]);
                var health = HostHealth.Of(tree, environment.Architecture, install);
                if (parsed.GetValue(json))
                {
                    Json.WriteTo(environment.Output, writer => writer.Installation(health.IsGood, health.Parts, health.Attentions));
                }
                else
                {
                    ToolConsole.ForOutput(environment).WriteHealth(health, install, parsed.GetValue(all));
                }

                return health.IsGood;
            });
        command.Add(all);
        return command;
    }

    private Command Uninstall() => Of(
        "uninstall",
        "Removes the hooks.\nThe records of layouts and a changed configuration stay.",
        (tree, parsed) =>
        {
            Write(new HookInstallation(tree, HookProgram.Installed(tree)).Uninstall(), isGood: true, parsed.GetValue(json));
            return true;
        });

    private Command Of(string name, string description, Func<HookTree, ParseResult, bool> work)
    {
        var command = new Command(name, description) { root, json };
        command.SetAction(parsed =>
        {
            var tree = new HookTree(parsed.GetValue(root)!);
            return !Directory.Exists(tree.Root)
                ? throw new BadInputException($"{tree.Root} is no folder.")
                : work(tree, parsed) ? ExitStatus.Good : ExitStatus.Refused;
        });
        return command;
    }

    private void Write(ValueList<InstallationPart> parts, bool isGood, bool asJson, bool isUdevLeft = false)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, writer => writer.Installation(isGood, parts));
        }
        else
        {
            ToolConsole.ForOutput(environment).WriteInstallation(parts, isUdevLeft);
        }
    }
}
