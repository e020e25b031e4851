using Newtonsoft.Json;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Output;

/// <summary>Writes what the installed ndctl prints, as text and as JSON.</summary>
internal static class NdctlOutput
{
    /// <summary>One line, and one for each unknown key or value.</summary>
    public static void WriteNdctl(this ToolConsole console, NdctlOutcome outcome)
    {
        console.WriteLine(Line(outcome));
        console.WriteFindings(outcome.Check?.Findings ?? []);
    }

    /// <summary>The member <c>ndctl</c>.</summary>
    public static void Ndctl(this JsonTextWriter json, NdctlOutcome outcome)
    {
        json.WritePropertyName("ndctl");
        json.Object(() =>
        {
            json.Flag("installed", !outcome.IsAbsent);
            json.Text("version", outcome.Check?.Version);
            json.Flag("known", outcome.Check is { IsKnown: true });
            json.Number("namespaces", outcome.Check?.Namespaces);
            json.Texts("unknownKeys", outcome.Check?.UnknownKeys ?? []);
            json.Texts("codes", outcome.Check?.Findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal) ?? []);
            json.Text("failure", outcome.Failure?.Message);
        });
    }

    private static string Line(NdctlOutcome outcome) => outcome switch
    {
        { IsAbsent: true } => "ndctl is not installed: what it prints was not looked at.",
        { Failure: { } failure } => $"ndctl could not be asked: {failure.Message}",
        { Check: { IsKnownVersion: false } check } =>
            $"ndctl {check.Version} is newer than {NdctlCheckResult.NewestKnownVersion}, the newest whose keys are known; {Listed(check)}",
        _ => $"ndctl {outcome.Check!.Version} is a known version; {Listed(outcome.Check)}",
    };

    private static string Listed(NdctlCheckResult check) => (check.Namespaces, check.Findings.Count) switch
    {
        (0, 0) => "this host has no namespaces to look at.",
        (_, 0) => $"all that it prints of {check.Namespaces} namespaces is known.",
        _ => $"it prints what is not known: {(check.UnknownKeys.Count == 0 ? "see below" : string.Join(", ", check.UnknownKeys))}.",
    };
}
