using Newtonsoft.Json;
using Nvdimm.Cli.Installation;
using Nvdimm.Extensions;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>The parts of the hooks on a host, for people and for programs.</summary>
internal static class InstallationOutput
{
    /// <summary>A table, and what is to do by hand; null for nothing.</summary>
    public static void WriteInstallation(this IAnsiConsole console, ValueList<InstallationPart> parts, string? byHand)
    {
        var table = ToolConsole.Table("Path", "State", "");
        foreach (var part in parts)
        {
            table.AddTexts(part.Path, Words.Of(part.State), part.Detail);
        }

        console.Write(table);
        if (byHand is not null)
        {
            console.WriteLine(byHand);
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
}
