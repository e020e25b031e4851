using Newtonsoft.Json;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Host.Content;

namespace Nvdimm.Cli.Output;

/// <summary>What devices hold beside labels, for people and for programs.</summary>
internal static class ContentOutput
{
    /// <summary>One line for a device that holds something, or cannot be read; none for a blank one, and where nobody looked.</summary>
    public static void WriteContent(this ToolConsole console, string device, ContentSurvey? survey)
    {
        if (survey is { IsBlank: false })
        {
            console.WriteLine(survey.IsReadable ? $"{device} holds {survey.Text()}" : $"{device}: its content {survey.Text()}");
        }
    }

    /// <summary>What a device holds, or why that is not known, in words.</summary>
    public static string Text(this ContentSurvey survey) => survey switch
    {
        { UnreadableReason: { } reason } => $"cannot be read: {reason}",
        { IsBlank: true } => "nothing",
        { Found.Count: 0 } => "bytes of no known format",
        _ => string.Join("; ", survey.Found),
    };

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
