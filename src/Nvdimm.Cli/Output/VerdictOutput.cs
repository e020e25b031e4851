using Newtonsoft.Json;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>What the policy says, for people and for programs.</summary>
internal static class VerdictOutput
{
    /// <summary>An object with <c>allowed</c> and <c>violations</c>.</summary>
    public static void Verdict(this JsonTextWriter json, PolicyVerdict verdict) => json.Object(() =>
    {
        json.Flag("allowed", verdict.IsAllowed);
        json.Array("violations", verdict.Violations, violation => Violation(json, violation));
    });

    /// <summary>One line that says yes or no, and everything that speaks against it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="what">What stands before the yes or no.</param>
    /// <param name="known">A verdict that was written before: what both say is not said again.</param>
    public static void WriteVerdict(this IAnsiConsole console, PolicyVerdict verdict, string what = "", PolicyVerdict? known = null)
    {
        var violations = verdict.Violations.Except(known?.Violations ?? []).ToList();
        var more = violations.Count < verdict.Violations.Count ? " (see above too)" : "";
        console.Write(new Text($"{what}{(verdict.IsAllowed ? "allowed" : "refused")}{more}", new Style(verdict.IsAllowed ? Color.Green : Color.Red)));
        console.WriteLine();
        console.WriteFindings(violations);
    }

    private static void Violation(JsonTextWriter json, Finding violation) => json.Object(() =>
    {
        json.Text("code", violation.Code);
        json.Text("severity", Words.Of(violation.Severity));
        json.Text("message", violation.Message);
        json.WritePropertyName("arguments");
        json.Object(() =>
        {
            foreach (var argument in violation.Arguments)
            {
                json.Text(argument.Name, argument.Value);
            }
        });
    });
}
