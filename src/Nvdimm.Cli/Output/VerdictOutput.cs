using Newtonsoft.Json;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Writes the verdict of the policy, as text and as JSON.</summary>
internal static class VerdictOutput
{
    /// <summary>An object with <c>allowed</c> and <c>violations</c>.</summary>
    public static void Verdict(this JsonTextWriter json, PolicyVerdict verdict) => json.Object(() =>
    {
        json.Flag("allowed", verdict.IsAllowed);
        json.Array("violations", verdict.Violations, violation => json.Object(() => json.FindingMembers(violation)));
    });

    /// <summary>One line with yes or no, and the reasons against it.</summary>
    /// <param name="console">The console.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="what">The text before the yes or no.</param>
    /// <param name="known">A verdict that was already printed; findings that both have are not repeated.</param>
    public static void WriteVerdict(this ToolConsole console, PolicyVerdict verdict, string what = "", PolicyVerdict? known = null)
    {
        var violations = verdict.Violations.Except(known?.Violations ?? []).ToList();
        var more = violations.Count < verdict.Violations.Count ? " (see above too)" : "";
        console.WriteLine($"{what}{(verdict.IsAllowed ? "allowed" : "refused")}{more}", verdict.IsAllowed ? Color.Green : Color.Red);
        console.WriteFindings(violations);
    }

    /// <summary>The members of a finding: <c>code</c>, <c>severity</c>, <c>message</c> and <c>arguments</c>.</summary>
    public static void FindingMembers(this JsonTextWriter json, Finding finding)
    {
        json.Text("code", finding.Code);
        json.Text("severity", Words.Of(finding.Severity));
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
