using Newtonsoft.Json;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Host.Content;

namespace Nvdimm.Cli.Output;

/// <summary>Writes what devices contain besides labels, as text and as JSON.</summary>
internal static class ContentOutput
{
    /// <summary>One line for a device that has content or cannot be read; none for a blank device, or one that was not read.</summary>
    public static void WriteContent(this ToolConsole console, string device, ContentSurvey? survey)
    {
        if (survey is { IsBlank: false })
        {
            console.WriteLine(survey.IsReadable ? $"{device} holds {survey.Text()}" : $"{device}: its content {survey.Text()}");
        }
    }

    /// <summary>The content of a device in words, or why it is unknown.</summary>
    public static string Text(this ContentSurvey survey) => survey switch
    {
        { UnreadableReason: { } reason } => $"cannot be read: {reason}",
        { IsBlank: true } => "nothing",
        { Found.Count: 0 } => "bytes of no known format",
        _ => string.Join("; ", survey.Found),
    };

    /// <summary>The member <c>content</c>: what was found; null if the device was not read or cannot be read.</summary>
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
