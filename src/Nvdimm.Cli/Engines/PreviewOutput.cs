using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Categories;
using Spectre.Console;

namespace Nvdimm.Cli.Engines;

/// <summary>Prints the preview of an attachment: the answer, the figures, and the findings.</summary>
internal static class PreviewOutput
{
    /// <summary>Prints the preview.</summary>
    /// <param name="console">The console.</param>
    /// <param name="vm">The name of the VM.</param>
    /// <param name="asked">The devices as the user named them; existing devices are printed with their own names.</param>
    /// <param name="preview">The preview.</param>
    public static void WritePreview(this ToolConsole console, string vm, IEnumerable<string> asked, AttachmentPreview preview)
    {
        if (!console.IsTerminal)
        {
            console.Write(EngineTables.Preview(preview));
            console.WritePolicyResult(preview.Attach, "attach: ");
            console.WritePolicyResult(preview.Start, "start: ", preview.Attach);
            return;
        }

        var names = string.Join(", ", preview.Devices.Count == 0 ? asked : preview.Devices.Select(device => device.Device.Name));
        console.WriteLine(Answer(vm, names, preview), preview.IsAllowed ? Color.Green : Color.Red);
        if (preview.Devices.Count > 0)
        {
            console.WriteLine();
            console.Write(EngineTables.Preview(preview));
        }

        console.WriteLine();
        var findings = preview.Attach.Findings.Concat(preview.Start.Findings).Distinct().ToList();
        console.WriteSection("Why not", findings.Where(finding => finding.Severity == Severity.Error));
        console.WriteSection("Warnings", findings.Where(finding => finding.Severity == Severity.Warning));
    }

    private static string Answer(string vm, string names, AttachmentPreview preview) => preview switch
    {
        { Attach.IsAllowed: false } => $"{vm} cannot have {names}.",
        { IsAllowed: false } => $"{vm} could be given {names}, but could not start then.",
        { Start.IsAllowed: false } => $"{vm} can have {names}. What keeps it from starting is there already.",
        _ => $"{vm} can have {names}.",
    };
}
