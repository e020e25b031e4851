using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nvdimm.Extensions.Host.Verdicts;

namespace Nvdimm.Extensions.Host.Tests.Guard;

/// <summary>CODES.md is made from the codes, their texts, and the guard's table.</summary>
public sealed partial class CodesDocumentTests
{
    [Test]
    public void Document_IsMadeFromTheCodes()
    {
        var document = new StringBuilder("""
            # Codes

            Every finding, refusal and warning has a code and named arguments. The texts are in one place (`FindingTexts`). This file is made from them by
            `CodesDocumentTests`, under `NVDIMM_UPDATE_GOLDEN=1`.

            An administrator can accept some findings of the layout guard: `nvdimm layout accept --device NAME --finding CODE`. An acceptance counts for exactly
            these arguments. Column *accept*: **next start** counts until the device is used once; **lasting** counts until the device changes; **no** means that
            the cause has to be resolved; empty: the guard does not use this code. The verdicts are explained in
            [LAYOUTS.md](../Nvdimm.Extensions.Host/Guard/LAYOUTS.md).

            ## Ours


            """);
        AppendTable(document, IsOurs);
        document.Append("\n## The oVirt Engine's\n\nThese codes and texts are the engine's own, to the letter.\n\n");
        AppendTable(document, code => !IsOurs(code));
        Golden.AssertMatches(Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Extensions", "CODES.md"), document.ToString());
    }

    private static bool IsOurs(string code) => code.StartsWith("NVDIMM_", StringComparison.Ordinal);

    private static void AppendTable(StringBuilder document, Func<string, bool> isShown)
    {
        document.Append("| code | text | verdict | accept |\n|---|---|---|---|\n");
        foreach (var code in FindingTexts.Codes.Where(isShown))
        {
            var row = GuardCodes.Find(code);
            var verdict = row is null or { Verdict: GuardVerdict.Same } ? "" : $"`{row.Verdict}`";
            var accept = row switch
            {
                null => "",
                { IsAcceptable: false } => "no",
                { OutlastsUse: true } => "lasting",
                _ => "next start",
            };
            document.Append(CultureInfo.InvariantCulture, $"| `{code}` | {Shown(FindingTexts.Template(code)!)} | {verdict} | {accept} |\n");
        }
    }

    /// <summary>Arguments in italics; what a table would take for its own, escaped.</summary>
    private static string Shown(string template) =>
        Placeholder().Replace(template.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal), "*${name}*").ReplaceLineEndings(" ");

    [GeneratedRegex(@"\$\{(?<name>\w+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
