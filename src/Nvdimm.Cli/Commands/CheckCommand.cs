using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm check</c>: whether an operation is allowed.</summary>
internal static class CheckCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var operation = Options.Word(
            "OPERATION", $"The operation: {string.Join(", ", EnumWords.Operations.Keys)}.", EnumWords.Operations, "operation");
        var vm = Options.Vm();
        vm.Required = true;
        var ndctl = Options.Ndctl("Without it, the rules about devices are not checked.");
        var devices = Options.Devices("The devices to attach, detach, plug or unplug, in addition to those in the VM file.");
        var strategy = Options.Strategy("that of the VM file, else ovirt");
        var labelSize = Options.LabelSize();
        var json = Options.AsJson();
        var command = new Command(
            "check",
            "Checks whether an operation on a VM with NVDIMMs is allowed.\n"
            + "Prints every rule of the oVirt Engine and of this tool that refuses it.")
        {
            operation, vm, ndctl, devices, strategy, labelSize, json,
        };
        command.Validators.Add(result => Options.RequireOneStandardInput(result, ndctl, vm));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = await VmFileReader.ReadAsync(environment, parsed.GetValue(vm)!, cancellationToken).ConfigureAwait(false);
            var listing = parsed.GetValue(ndctl) is { } path
                ? await Listing.ReadAsync(environment, path, cancellationToken).ConfigureAwait(false)
                : null;
            var asked = file.ToRequest(parsed.GetValue(operation));
            asked = asked with
            {
                Host = HostOf(asked, listing),
                AllowsUnknownHost = listing is null,
                Devices = [.. asked.Devices, .. parsed.GetValue(devices) ?? []],
                Strategy = parsed.GetValue(strategy) ?? asked.Strategy,
                LabelSize = parsed.GetValue(labelSize) ?? asked.LabelSize,
            };
            var result = NvdimmPolicy.Check(asked);
            var named = asked.Devices.Concat((asked.Vm?.Nvdimms ?? []).Select(attached => attached.Name));
            Write(environment, result, listing, parsed.GetValue(json));
            return Math.Max(
                result.IsAllowed ? ExitStatus.Good : ExitStatus.Refused,
                listing is null ? ExitStatus.Good : Listing.StatusOf(listing, named));
        });
        return command;
    }

    /// <summary>
    /// The host with its devices; null without a listing, because then nothing is known about its devices, and the tool checks the rest.
    /// The removal of a host needs no listing.
    /// </summary>
    private static HostDescription? HostOf(PolicyRequest asked, NdctlListing? listing) => listing is null
        ? asked.Operation == HostDeviceOperation.RemoveHost ? asked.Host : null
        : Listing.HostWith(asked.Host, listing);

    private static void Write(ToolEnvironment environment, PolicyResult result, NdctlListing? listing, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, json => json.PolicyResult(result));
            WriteListingErrors(environment, listing);
            return;
        }

        var console = ToolConsole.ForOutput(environment);
        console.WritePolicyResult(result);
        WriteListingErrors(environment, listing);
    }

    /// <summary>Writes the findings that make the listing bad input. The policy did not find them, so they stand apart.</summary>
    private static void WriteListingErrors(ToolEnvironment environment, NdctlListing? listing) =>
        ToolConsole.ForErrors(environment)
            .WriteFindings(listing?.AllFindings.Where(finding => Listing.StatusOf(finding.Code) != ExitStatus.Good) ?? []);
}
