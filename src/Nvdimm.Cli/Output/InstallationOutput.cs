using Newtonsoft.Json;
using Nvdimm.Cli.Installation;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Writes the parts of the hooks on a host, as text and as JSON.</summary>
internal static class InstallationOutput
{
    /// <summary>The problems to solve, and how many parts are in place; on request also every part.</summary>
    /// <param name="console">The console.</param>
    /// <param name="health">The state of the hooks.</param>
    /// <param name="install">The command that installs the hooks there.</param>
    /// <param name="all">Whether to list every part.</param>
    public static void WriteHealth(this ToolConsole console, HostHealth health, string install, bool all)
    {
        if (health.IsInstalled)
        {
            var missing = health.Parts.Count - health.InPlace;
            var hooks = health.Caller == HookCaller.Vdsm ? "The hooks" : "The hooks of libvirt";
            var summary = missing == 0
                ? $"{hooks} are installed and complete."
                : $"{hooks} are not complete: {missing} of {health.Parts.Count} parts are not as they should be.";
            console.WriteLine($"{summary}{Count(health.Problems.Count)}");
        }
        else
        {
            console.WriteLine("The hooks are not installed on this host. Install them:");
            console.WriteCommand(install);
        }

        if (health.Problems.Count > 0)
        {
            console.WriteLine();
        }

        foreach (var attention in health.Problems)
        {
            console.WriteItem("!", attention.What, attention.IsFault ? Color.Red : Color.Yellow);
            console.WriteLine(attention.Advice, indent: 2);
        }

        if (all)
        {
            console.WriteLine();
            console.WriteParts(health.Parts);
        }
        else if (health.IsInstalled)
        {
            console.WriteLine();
            console.WriteLine($"{health.InPlace} parts are in place: nvdimm host status --all");
        }
    }

    /// <summary>What was done with each part, and what the administrator must do by hand.</summary>
    /// <param name="console">The console.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="byHand">The commands that the administrator must run: udev then applies its rules, and libvirt finds its hooks.</param>
    public static void WriteInstallation(this ToolConsole console, ValueList<InstallationPart> parts, ValueList<string> byHand)
    {
        console.WriteParts(parts);
        if (byHand.Count > 0)
        {
            console.WriteLine();
            console.WriteLine("For what is there or runs already:");
            foreach (var command in byHand)
            {
                console.WriteCommand(command);
            }
        }
    }

    /// <summary>The document.</summary>
    public static void Installation(
        this JsonTextWriter json, bool isGood, ValueList<InstallationPart> parts, ValueList<InstallationProblem>? attentions = null) =>
        json.Object(() =>
    {
        json.Flag("good", isGood);
        json.Array("parts", parts, part => json.Object(() =>
        {
            json.Text("path", part.Path);
            json.Text("state", EnumWords.Of(part.State));
            json.Text("detail", part.Detail.Length == 0 ? null : part.Detail);
        }));
        json.Array("attention", attentions ?? [], attention => json.Object(() =>
        {
            json.Text("what", attention.What);
            json.Text("advice", attention.Advice);
            json.Flag("fault", attention.IsFault);
        }));
    });

    /// <summary>The parts with their states, then the details, once for all parts that share them.</summary>
    private static void WriteParts(this ToolConsole console, ValueList<InstallationPart> parts)
    {
        console.Write(Table(parts, withDetail: !console.IsTerminal));
        if (!console.IsTerminal)
        {
            return;
        }

        foreach (var same in parts.Where(part => part.Detail.Length > 0).GroupBy(part => part.Detail, StringComparer.Ordinal))
        {
            console.WriteLine();
            console.WriteItem("!", same.Key, Color.Yellow);
            foreach (var part in same)
            {
                console.WriteLine(part.Path, indent: 2);
            }
        }
    }

    private static string Count(int attentions) => attentions switch
    {
        0 => "",
        1 => " 1 thing needs attention.",
        _ => $" {attentions} things need attention.",
    };

    private static TextTable Table(ValueList<InstallationPart> parts, bool withDetail)
    {
        TextColumn[] columns = [new("STATE"), new("PATH"), .. withDetail ? [new TextColumn("DETAIL")] : Array.Empty<TextColumn>()];
        var table = new TextTable(columns);
        foreach (var part in parts)
        {
            TextCell[] cells = [EnumWords.Of(part.State), part.Path, .. withDetail ? [part.Detail] : Array.Empty<TextCell>()];
            table.Add(cells);
        }

        return table;
    }
}
