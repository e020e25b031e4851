using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout check</c>: reports whether a planned layout is the one that the device was last used with.</summary>
internal static class LayoutCheckCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var options = new GuardOptions("The devices to check.");
        var command = new Command(
            "check",
            "Compares a planned layout with the one that the device was last used with.\n"
            + "Reads the record, and the labels on the device, which must be on this host. Changes nothing.");
        options.AddTo(command);
        var wide = Options.Wide();
        command.Options.Add(wide);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var checkedDevices = await options.CheckAsync(environment, parsed, cancellationToken).ConfigureAwait(false);
            Write(environment, checkedDevices, parsed.GetValue(options.Folder)!, parsed.GetValue(wide), parsed.GetValue(options.Json));
            return checkedDevices.Devices.Select(StatusOf)
                .Append(checkedDevices.ListingStatus)
                .Append(GuardedDevice.StatusOf(Refusals(checkedDevices)))
                .Max();
        });
        return command;
    }

    /// <summary>
    /// The exit status of a device. A device without a verdict is refused; a device that is not on this machine could not be read.
    /// </summary>
    private static int StatusOf(GuardedDevice guarded) => !guarded.IsOnThisMachine ? ExitStatus.Failed
        : Math.Max(guarded.Status, guarded.Check is null ? ExitStatus.Refused : ExitStatus.Good);

    /// <summary>The errors of the domain itself.</summary>
    private static IEnumerable<Finding> Refusals(GuardedDevices checkedDevices) =>
        checkedDevices.Subject.Findings.Where(finding => finding.Severity == Severity.Error);

    private static void Write(ToolEnvironment environment, GuardedDevices checkedDevices, string folder, bool isWide, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, json => json.Object(() =>
            {
                json.Text("folder", folder);
                json.Array("findings", checkedDevices.Subject.Findings, finding => json.Object(() => json.FindingMembers(finding)));
                json.Array("devices", checkedDevices.Devices, device => json.Object(() =>
                {
                    json.Text("name", device.Device.Name);
                    json.Text("uuid", device.Device.Uuid?.ToString("D"));
                    json.Text("path", device.Device.Path);
                    json.Layout(device.Sized);
                    json.Flag("kept", device.Sized is { IsKept: true });
                    json.WritePropertyName("guard");
                    json.Guard(device);
                }));
            }));
            return;
        }

        var console = ToolConsole.ForOutput(environment, isWide);
        console.WriteFindings(checkedDevices.Subject.Findings);
        foreach (var device in checkedDevices.Devices)
        {
            console.WriteEvidence(checkedDevices, device, folder);
        }
    }
}
