using Newtonsoft.Json;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Doctor;
using Nvdimm.Extensions.Host.Start;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Writes the examination of a host, as text and as JSON.</summary>
internal static class ExaminationOutput
{
    /// <summary>The answer, the diagnoses from the most severe down, then the devices and domains of the host.</summary>
    public static void WriteExamination(this ToolConsole console, HostExamination examination, ValueList<string> unasked)
    {
        console.WriteLine(examination.Level switch
        {
            DiagnosisLevel.DataAtRisk => "Data is at risk.",
            _ when unasked.Count > 0 => "Whether the data is safe is not known: something could not be asked.",
            DiagnosisLevel.Advice => "No data is at risk, but something should be done.",
            _ => "The data is safe.",
        });
        console.WriteNotChecked(unasked);
        foreach (var diagnosis in examination.Diagnoses)
        {
            var isRisk = diagnosis.Level == DiagnosisLevel.DataAtRisk;
            console.WriteItem(
                isRisk ? "x" : "!",
                $"{diagnosis.Subject}: {diagnosis.Finding.Message} [{diagnosis.Finding.Code}]",
                isRisk ? Color.Red : Color.Yellow);
            if (diagnosis.Remedy is { } remedy)
            {
                console.WriteCommand(remedy);
            }
        }

        if (examination.Devices.Count > 0)
        {
            console.WriteLine();
            console.Write(Devices(examination));
        }

        if (examination.Domains.Count > 0)
        {
            console.WriteLine();
            console.Write(Domains(examination));
        }
    }

    /// <summary>The document.</summary>
    public static void Examination(this JsonTextWriter json, HostExamination examination, ValueList<string> unasked) => json.Object(() =>
    {
        json.Text("level", EnumWords.Of(examination.Level));
        json.Texts("notChecked", unasked);
        json.Array("diagnoses", examination.Diagnoses, diagnosis => json.Object(() =>
        {
            json.Text("level", EnumWords.Of(diagnosis.Level));
            json.Text("subject", diagnosis.Subject);
            json.FindingMembers(diagnosis.Finding);
            json.Text("remedy", diagnosis.Remedy);
        }));
        json.Array("devices", examination.Devices, device => json.Object(() =>
        {
            json.Text("name", device.Name);
            json.Text("uuid", device.Uuid?.ToString("D"));
            json.Text("path", device.Path);
            json.Size("size", device.Size);
            json.Text("persistence", EnumWords.Of(device.Persistence));
            json.Texts("users", UsersOf(examination, device.Path));
        }));
        json.Array("domains", examination.Domains, domain => json.Object(() =>
        {
            json.Text("name", domain.Name);
            json.Text("id", domain.Id);
            json.Flag("running", domain.IsRunning);
            json.Array("devices", domain.Decisions, decision => json.Object(() =>
            {
                json.Text("name", decision.Evidence.Device.Name);
                json.Text("path", decision.Evidence.Device.Path);
                json.Text("persistence", EnumWords.Of(decision.Evidence.Device.Persistence));
                json.Text("nextStart", NextStart(domain, decision));
            }));
        }));
    });

    private static TextTable Devices(HostExamination examination)
    {
        var table = new TextTable(new("DEVICE"), new("SIZE") { IsNumber = true }, new("PATH", 1), new("PERSISTENCE", 2), new("DOMAINS"));
        foreach (var device in examination.Devices)
        {
            table.Add(
                device.Name,
                device.Size,
                device.Path,
                EnumWords.Of(device.Persistence),
                string.Join(", ", UsersOf(examination, device.Path)));
        }

        return table;
    }

    private static TextTable Domains(HostExamination examination)
    {
        var table = new TextTable(new("DOMAIN"), new("STATE"), new("DEVICE"), new("NEXT START"), new("PERSISTENCE", 1));
        foreach (var domain in examination.Domains)
        {
            foreach (var decision in domain.Decisions)
            {
                table.Add(
                    domain.Name,
                    domain.IsRunning ? "running" : "shut off",
                    decision.Evidence.Device.Name,
                    NextStart(domain, decision),
                    EnumWords.Of(decision.Evidence.Device.Persistence));
            }
        }

        return table;
    }

    private static IEnumerable<string> UsersOf(HostExamination examination, string? path) => examination.Domains
        .Where(domain => path is not null && domain.Decisions.Any(decision => decision.Evidence.Device.Path == path))
        .Select(domain => domain.Name);

    /// <summary>
    /// <c>as asked</c>, <c>another layout</c> or <c>refused</c>. A running domain's own use of the device is not a refusal.
    /// </summary>
    private static string NextStart(DomainExamination domain, StartDecision decision) => domain.IsAllowed(decision)
        ? decision.KeptFrom is not null ? "another layout" : "as asked"
        : "refused";
}
