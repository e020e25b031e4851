using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout share</c>: permits several VMs to use one device at the same time.</summary>
internal static class LayoutShareCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var name = new Argument<string>("DEVICE|UUID")
        {
            Description = "The device: its kernel name, device file, uuid, or identity in its record.",
        };
        var vms = new Option<string[]>("--vm")
        {
            HelpName = "NAME|ID",
            Description = "The VMs that share the device, at least two: their names or ids.",
            AllowMultipleArgumentsPerToken = true,
        };
        var none = new Option<bool>("--none")
        {
            Description = "Withdraw the permission: only one VM at a time can use the device again.",
        };
        var by = Options.By("Who gives the permission.");
        var note = new Option<string>("--note") { HelpName = "TEXT", Description = "The reason, for the record." };
        var ndctl = Options.Ndctl("Without it, the command runs ndctl on this host if the device has no record.");
        var folder = Options.StateFolder("The state folder with the records of layouts.");
        var json = Options.AsJson();
        var command = new Command(
            "share",
            "Lets several VMs use one device at the same time.\n"
            + "The permission replaces an earlier one. Give it only if all VMs just read the device, "
            + "or if their file system is made for sharing: otherwise they destroy each other's data.")
        {
            name, vms, none, by, note, ndctl, folder, json,
        };
        command.Validators.Add(result =>
        {
            var named = result.GetValue(vms) ?? [];
            if (result.GetValue(none) == named.Length > 0)
            {
                result.AddError("Either --vm or --none is needed, and not both.");
            }
            else if (named.Length == 1 || named.Any(string.IsNullOrWhiteSpace)
                || named.Distinct(StringComparer.OrdinalIgnoreCase).Count() != named.Length)
            {
                result.AddError("Sharing needs at least two VMs, each with a name or an id of its own.");
            }

            Options.RequireName(result, by);
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var ledger = environment.Ledger(parsed.GetValue(folder)!);
            var asked = parsed.GetValue(name)!;
            if (await KnownDevices.FindAsync(environment, ledger, asked, parsed.GetValue(ndctl), cancellationToken)
                .ConfigureAwait(false) is not { } device)
            {
                if (parsed.GetValue(json))
                {
                    WriteJson(environment, result: null);
                }

                return ExitStatus.Refused;
            }

            var result = ledger.Share(
                device.Identity, device.Name, device.Path, (parsed.GetValue(vms) ?? []).ToValueList(), parsed.GetValue(by)!,
                parsed.GetValue(note));
            Write(environment, device.Name, result, parsed.GetValue(json));
            return GuardedDevice.StatusOf(result.Findings);
        });
        return command;
    }

    private static void Write(ToolEnvironment environment, string device, LayoutRecordResult result, bool asJson)
    {
        if (asJson)
        {
            WriteJson(environment, result);
            return;
        }

        var console = ToolConsole.ForOutput(environment);
        if (result.IsReadable)
        {
            console.WriteLine(Printable.Text(result.Record?.Sharing is { } sharing
                ? $"{device} may be used at the same time by {string.Join(", ", sharing.Vms)}"
                : $"{device} may be used by one VM at a time"));
        }

        console.WriteFindings(result.Findings);
    }

    private static void WriteJson(ToolEnvironment environment, LayoutRecordResult? result) =>
        Json.WriteTo(environment.Output, json => json.Object(() =>
    {
        json.WritePropertyName("record");
        json.Record(result?.Record);
        json.Array("findings", result?.Findings ?? [], finding => json.Object(() => json.FindingMembers(finding)));
    }));
}
