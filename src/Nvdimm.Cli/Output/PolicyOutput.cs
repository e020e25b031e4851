using Newtonsoft.Json;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Writes the result of the policy, as text and as JSON.</summary>
internal static class PolicyOutput
{
    /// <summary>An object with <c>allowed</c> and <c>violations</c>.</summary>
    public static void PolicyResult(this JsonTextWriter json, PolicyResult result) => json.Object(() =>
    {
        json.Flag("allowed", result.IsAllowed);
        json.Array("violations", result.Findings, finding => json.Object(() => json.FindingMembers(finding)));
    });

    /// <summary>One line with yes or no, and the reasons against it.</summary>
    /// <param name="console">The console.</param>
    /// <param name="result">The result.</param>
    /// <param name="what">The text before the yes or no.</param>
    /// <param name="known">A result that was already printed; findings that both have are not repeated.</param>
    public static void WritePolicyResult(this ToolConsole console, PolicyResult result, string what = "", PolicyResult? known = null)
    {
        var findings = result.Findings.Except(known?.Findings ?? []).ToList();
        var more = findings.Count < result.Findings.Count ? " (see above too)" : "";
        console.WriteLine($"{what}{(result.IsAllowed ? "allowed" : "refused")}{more}", result.IsAllowed ? Color.Green : Color.Red);
        console.WriteFindings(findings);
    }

    /// <summary>The members of a finding: <c>code</c>, <c>severity</c>, <c>message</c> and <c>arguments</c>.</summary>
    public static void FindingMembers(this JsonTextWriter json, Finding finding)
    {
        json.Text("code", finding.Code);
        json.Text("severity", EnumWords.Of(finding.Severity));
        json.Text("message", finding.Message);
        json.WritePropertyName("arguments");
        json.Object(() =>
        {
            foreach (var argument in finding.Arguments)
            {
                json.Text(argument.Name, argument.Value);
            }
        });
    }
}
