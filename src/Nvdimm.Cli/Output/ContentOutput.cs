using Newtonsoft.Json;
using Nvdimm.Extensions.Host.Content;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>What devices hold beside labels, for people and for programs.</summary>
internal static class ContentOutput
{
    /// <summary>One line for a device that holds something, or cannot be read; none for a blank one, and where nobody looked.</summary>
    public static void WriteContent(this IAnsiConsole console, string device, ContentSurvey? survey)
    {
        var text = survey switch
        {
            null or { IsBlank: true } => null,
            { UnreadableReason: { } reason } => $"{device}: its content cannot be read: {reason}",
            { Found.Count: 0 } => $"{device} holds bytes of no known format",
            _ => $"{device} holds {string.Join("; ", survey.Found)}",
        };
        if (text is not null)
        {
            console.WriteLine(Printable.Text(text));
        }
    }

    /// <summary>The member <c>content</c>: what was found; null where nobody looked, or it cannot be read.</summary>
    public static void Content(this JsonTextWriter json, ContentSurvey? survey)
    {
        if (survey is not { IsReadable: true })
        {
            json.Text("content", null);
            return;
        }

        json.Array("content", survey.Found, content => json.Object(() =>
        {
            json.Text("type", content.Type);
            json.Text("label", content.Label);
            json.Text("uuid", content.Uuid);
            json.Size("end", content.End);
            json.Flag("damaged", content.IsDamaged);
        }));
    }
}
