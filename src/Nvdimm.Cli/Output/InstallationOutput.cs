using Newtonsoft.Json;
using Nvdimm.Cli.Installation;
using Nvdimm.Extensions;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>The parts of the hooks on a host, for people and for programs.</summary>
internal static class InstallationOutput
{
    /// <summary>The answer, the parts with their states, what is to know of them, and what is to do by hand.</summary>
    public static void WriteInstallation(this ToolConsole console, ValueList<InstallationPart> parts)
    {
        if (!console.IsTerminal)
        {
            console.Write(Table(parts, withDetail: true));
            return;
        }

        var bad = parts.Count(part => part.State is PartState.Missing or PartState.Foreign or PartState.Differs);
        console.WriteLine(
            bad == 0 ? $"All {parts.Count} parts are as they should be." : $"{bad} of {parts.Count} parts need attention.",
            bad == 0 ? Color.Green : Color.Red);
        console.Write(Table(parts, withDetail: false));
        foreach (var same in parts.Where(part => part.Detail.Length > 0).GroupBy(part => part.Detail, StringComparer.Ordinal))
        {
            console.WriteItem("!", same.Key, Color.Yellow);
            foreach (var part in same)
            {
                console.WriteLine(part.Path, indent: 4);
            }
        }

        if (parts.Any(part => part.Path == HookTree.DeviceRulesPath && part.State is PartState.Installed or PartState.Updated))
        {
            console.WriteLine("For devices that are there already:");
            console.WriteCommand("udevadm control --reload && udevadm trigger --subsystem-match=block --subsystem-match=dax");
        }
    }

    /// <summary>The document.</summary>
    public static void Installation(this JsonTextWriter json, bool isGood, ValueList<InstallationPart> parts) => json.Object(() =>
    {
        json.Flag("good", isGood);
        json.Array("parts", parts, part => json.Object(() =>
        {
            json.Text("path", part.Path);
            json.Text("state", Words.Of(part.State));
            json.Text("detail", part.Detail.Length == 0 ? null : part.Detail);
        }));
    });

    private static TextTable Table(ValueList<InstallationPart> parts, bool withDetail)
    {
        TextColumn[] columns = [new("STATE"), new("PATH"), .. withDetail ? [new TextColumn("DETAIL")] : Array.Empty<TextColumn>()];
        var table = new TextTable(columns);
        foreach (var part in parts)
        {
            TextCell[] cells = [Words.Of(part.State), part.Path, .. withDetail ? [part.Detail] : Array.Empty<TextCell>()];
            table.Add(cells);
        }

        return table;
    }
}
