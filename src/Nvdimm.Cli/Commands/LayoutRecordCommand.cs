using System.CommandLine;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout record</c>: records the planned layout as the one in use.</summary>
internal static class LayoutRecordCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var options = new GuardOptions("The devices to record.");
        var command = new Command(
            "record",
            "Records the planned layout as the one that a device is used with.\n"
            + "Records nothing if the existing record or the labels on the device differ.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var checkedDevices = await options.CheckAsync(environment, parsed, cancellationToken).ConfigureAwait(false);
            var outcomes = checkedDevices.Devices.Select(device => Record(checkedDevices, device)).ToList();
            Write(environment, outcomes, parsed.GetValue(options.Json));
            return outcomes.Select(outcome => outcome.Status).Append(checkedDevices.ListingStatus).Max();
        });
        return command;
    }

    /// <summary>
    /// Records the layout of a device. A device that a VM uses at the moment can be recorded: only refusals about its identity and its
    /// layout count.
    /// </summary>
    private static Outcome Record(GuardedDevices checkedDevices, GuardedDevice device)
    {
        if (device is not { Decision: { } decision, Check: { } check })
        {
            return new Outcome(device, Record: null, device.Refusals);
        }

        var refusals = decision.Refusals.Where(finding => IsOfIdentity(finding, decision)).Concat(check.Refusals).ToValueList();
        if (refusals.Count > 0)
        {
            return new Outcome(device, Record: null, refusals);
        }

        var result = checkedDevices.Guard.Ledger.Save(decision.Use());
        return new Outcome(device, result.Record, result.Findings);
    }

    /// <summary>
    /// Whether a refusal says that the device is another one, or belongs to another VM. A QEMU that uses the device does not prevent
    /// recording it.
    /// </summary>
    private static bool IsOfIdentity(Finding finding, StartDecision decision) => finding.Code switch
    {
        NvdimmCodes.IdentityChanged or NvdimmCodes.FellBackToRaw or NvdimmCodes.IdentityTwice
            or NvdimmCodes.IdentityUncertain or NvdimmCodes.StateFolderForeign => true,
        NvdimmCodes.UsedByOtherVm => decision.OwnFindings.Contains(finding),
        _ => false,
    };

    private static void Write(ToolEnvironment environment, List<Outcome> outcomes, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, json => json.Object(() => json.Array("devices", outcomes, outcome => json.Object(() =>
            {
                json.Text("name", outcome.Device.Device.Name);
                json.Flag("recorded", outcome.Record is not null);
                json.Text("notChecked", outcome.Device.NotChecked);
                json.WritePropertyName("record");
                json.Record(outcome.Record);
                json.Array("findings", outcome.Findings, finding => json.Object(() => json.FindingMembers(finding)));
            }))));
            return;
        }

        var console = ToolConsole.ForOutput(environment);
        foreach (var outcome in outcomes)
        {
            var why = outcome.Device.NotChecked is { } reason ? $": {reason}" : "";
            console.WriteLine(Printable.Text(outcome.Record is { } record
                ? $"recorded: {record.Name} as {record.Identity}, {Whose(record)}"
                : $"not recorded: {outcome.Device.Device.Name}{why}"));
            console.WriteFindings(outcome.Findings);
        }
    }

    private static string Whose(LayoutRecord record) => record.Owner is { } owner
        ? $"{owner}'s"
        : "nobody's: the first VM that starts with it becomes its owner (--domain-xml or 'nvdimm layout give' names one)";

    private sealed record Outcome(GuardedDevice Device, LayoutRecord? Record, ValueList<Finding> Findings)
    {
        public int Status => Record is not null ? ExitStatus.Good : Math.Max(ExitStatus.Refused, GuardedDevice.StatusOf(Findings));
    }
}
