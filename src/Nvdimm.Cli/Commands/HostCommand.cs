using System.CommandLine;
using System.Runtime.Versioning;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Installation;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Cli.Commands;

/// <summary>
/// <c>nvdimm host install|status|uninstall</c>: the hooks of VDSM and of libvirt on this host, without a package manager.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HostCommand
{
    private readonly Option<string> root = new("--root")
    {
        HelpName = "DIR",
        Description = "The folder to treat as the root of the host. Default: /.",
        DefaultValueFactory = _ => "/",
    };

    private static readonly Dictionary<string, HookCaller?> Callers =
        new(StringComparer.Ordinal) { ["vdsm"] = HookCaller.Vdsm, ["libvirt"] = HookCaller.Libvirt };

    private static readonly string[] ForLibvirt = ["--for", "libvirt"];

    private readonly Option<bool> json = Options.AsJson();
    private readonly ToolEnvironment environment;

    private HostCommand(ToolEnvironment environment) => this.environment = environment;

    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var host = new HostCommand(environment);
        return new Command(
            "host", "Installs, checks or removes the hooks of VDSM or libvirt on this host.\nThe packages install the same files.")
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
        var caller = For("vdsm");
        var command = Of(
            "install",
            "Installs the hooks. A second run changes nothing.\nIf a foreign file is in the way, the command changes nothing.",
            (tree, parsed) =>
            {
                var who = parsed.GetValue(caller) ?? HookCaller.Vdsm;
                var parts = new HookInstallation(tree, who, HookProgram.Read(parsed.GetValue(program))).Install();
                var hasNewRules = parts.Any(
                    part => part.Path == HookTree.DeviceRulesPath && part.State is PartState.Installed or PartState.Updated);
                var isGood = parts.All(part => part.State is not (PartState.Foreign or PartState.Differs));
                ValueList<string> byHand =
                [
                    .. hasNewRules && !DeviceManager.Apply(tree) ? DeviceManager.Commands : [],
                    .. who == HookCaller.Libvirt && parts.Any(part => part.Path == tree.LibvirtLink && part.State == PartState.Installed)
                        ? [LibvirtDaemon.Restart]
                        : Array.Empty<string>(),
                ];
                Write(parts, isGood, parsed.GetValue(json), byHand);
                return isGood;
            });
        command.Add(caller);
        command.Add(program);
        return command;
    }

    private Command Status()
    {
        var all = new Option<bool>("--all") { Description = "List every part, also the intact ones." };
        var caller = For("those that are installed, else vdsm");
        var command = Of(
            "status",
            "Checks that the hooks are installed, intact and configured correctly.\n"
            + "Also says whether the installed libvirt and QEMU were verified.",
            (tree, parsed) =>
            {
                var healths = Installed(tree, parsed.GetValue(caller))
                    .Select(who => HostHealth.Of(tree, who, environment.Architecture, InstallCommand(parsed, who)))
                    .ToList();
                var isGood = healths.TrueForAll(health => health.IsGood);
                if (parsed.GetValue(json))
                {
                    var attentions = healths.SelectMany(health => health.Problems).Distinct().ToValueList();
                    Json.WriteTo(environment.Output, writer => writer.Installation(isGood, PartsOf(healths), attentions));
                }
                else
                {
                    var console = ToolConsole.ForOutput(environment);
                    foreach (var health in healths)
                    {
                        console.WriteHealth(health, InstallCommand(parsed, health.Caller), parsed.GetValue(all));
                    }
                }

                return isGood;
            });
        command.Add(caller);
        command.Add(all);
        return command;
    }

    private Command Uninstall()
    {
        var caller = For("those that are installed");
        var command = Of(
            "uninstall",
            "Removes the hooks.\nKeeps the records of layouts and a changed configuration.",
            (tree, parsed) =>
            {
                var parts = Installed(tree, parsed.GetValue(caller))
                    .SelectMany(who => new HookInstallation(tree, who, HookProgram.Installed(tree, who)).Uninstall())
                    .DistinctBy(part => part.Path, StringComparer.Ordinal);
                Write(parts.ToValueList(), isGood: true, parsed.GetValue(json), byHand: []);
                return true;
            });
        command.Add(caller);
        return command;
    }

    private static Option<HookCaller?> For(string byDefault) =>
        Options.Word(
            "--for", $"The program that runs the hooks: vdsm on an oVirt host, libvirt on any host. Default: {byDefault}.", Callers);

    private string InstallCommand(ParseResult parsed, HookCaller caller) => NextSteps.Command(
        ["host", "install", .. Options.WordsOf(parsed, root), .. caller == HookCaller.Libvirt ? ForLibvirt : []]);

    /// <summary>
    /// The callers whose hooks the command concerns: the named one; else those whose program or link is installed; else VDSM.
    /// </summary>
    private static ValueList<HookCaller> Installed(HookTree tree, HookCaller? named) => named is { } one
        ? [one]
        : Enum.GetValues<HookCaller>()
            .Where(caller => tree.LinksOf(caller).Prepend(HookTree.ProgramOf(caller)).Any(path => IsThere(tree.Below(path))))
            .DefaultIfEmpty(HookCaller.Vdsm)
            .ToValueList();

    private static bool IsThere(string path)
    {
        try
        {
            return SmallFile.LinkOrNull(path) is not null;
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new UnauthorizedAccessException($"{denied.Message}. Run it as root, or name the hooks with --for", denied);
        }
    }

    private static ValueList<InstallationPart> PartsOf(List<HostHealth> healths) =>
        healths.SelectMany(health => health.Parts).DistinctBy(part => part.Path, StringComparer.Ordinal).ToValueList();

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

    private void Write(ValueList<InstallationPart> parts, bool isGood, bool asJson, ValueList<string> byHand)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, writer => writer.Installation(isGood, parts));
        }
        else
        {
            ToolConsole.ForOutput(environment).WriteInstallation(parts, byHand);
        }
    }
}
