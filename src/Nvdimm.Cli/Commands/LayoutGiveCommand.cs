using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout give</c>: assigns a device to a VM.</summary>
internal static class LayoutGiveCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var name = new Argument<string>("DEVICE|UUID")
        {
            Description = "The device: its kernel name, device file, uuid, or identity in its record.",
        };
        var to = new Option<string>("--to") { HelpName = "NAME|ID", Description = "The new owner of the device: the VM's name or id." };
        var none = new Option<bool>("--none") { Description = "Release the device: the next VM that starts with it owns it." };
        var yes = new Option<bool>("--yes")
        {
            Description = "Hand it over. Without this option, the command shows what the device holds and changes nothing.",
        };
        var ndctl = Options.Ndctl("Without it, the command runs ndctl on this host.");
        var folder = Options.StateFolder("The state folder with the records of layouts.");
        var json = Options.AsJson();
        var command = new Command(
            "give", "Hands a device and its content over to another VM.\nNo other command changes the owner of a device.")
        {
            name, to, none, yes, ndctl, folder, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(none) != string.IsNullOrWhiteSpace(result.GetValue(to)))
            {
                result.AddError("Either --to or --none is needed, and not both.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var ledger = environment.Ledger(parsed.GetValue(folder)!);
            var listing = parsed.GetValue(ndctl);
            if (await KnownDevices.FindAsync(environment, ledger, parsed.GetValue(name)!, listing, cancellationToken)
                .ConfigureAwait(false) is not { } device)
            {
                return ExitStatus.Refused;
            }

            var change = OwnerChange.Of(environment, ledger, device, OwnerOf(parsed.GetValue(to)));
            var result = parsed.GetValue(yes) && !change.IsRefused ? change.Give(ledger) : null;
            Write(environment, change, result, parsed.GetValue(json));
            return result is null
                ? Math.Max(ExitStatus.Refused, GuardedDevice.StatusOf(change.Findings))
                : GuardedDevice.StatusOf(result.Findings);
        });
        return command;
    }

    private static DeviceOwner? OwnerOf(string? vm) => vm is null ? null
        : Guid.TryParseExact(vm, "D", out var id) ? new DeviceOwner(VmName: null, $"{id:D}") : new DeviceOwner(vm, VmId: null);

    private static void Write(ToolEnvironment environment, OwnerChange change, LayoutRecordResult? result, bool asJson)
    {
        var findings = change.Findings.Concat(result?.Findings ?? []).ToValueList();
        if (asJson)
        {
            Json.WriteTo(environment.Output, json => json.Object(() =>
            {
                json.Flag("given", result?.Record is not null);
                json.Text("device", change.Device.Name);
                json.Text("owner", change.Before?.ToString());
                json.Text("to", change.To?.ToString());
                json.Texts("holds", change.Holds);
                json.Texts("replaces", change.Decision.Replaced.Select(identity => identity.Key).ToValueList());
                json.WritePropertyName("record");
                json.Record(result?.Record);
                json.Array("findings", findings, finding => json.Object(() => json.FindingMembers(finding)));
            }));
            return;
        }

        var console = ToolConsole.ForOutput(environment);
        console.WriteLine(Printable.Text($"{change.Device.Name} ({change.Device.Identity}) is {change.Before?.ToString() ?? "nobody"}'s"));
        foreach (var content in change.Holds)
        {
            console.WriteLine(Printable.Text($"it holds {content}"));
        }

        foreach (var replaced in change.Decision.Replaced)
        {
            console.WriteLine(Printable.Text($"{change.To} has it in place of {replaced}, and need not have that any more"));
        }

        console.WriteFindings(findings);
        var to = change.To is { } owner ? $"{owner}'s" : "nobody's";
        console.WriteLine(Printable.Text(result?.Record is not null ? $"it is {to} now"
            : change.IsRefused ? "nothing was changed"
            : $"it would be {to}; nothing was changed. Repeat it with --yes."));
    }
}
