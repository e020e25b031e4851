using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm show</c>: prints everything about one device.</summary>
internal static class ShowCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The device: a kernel name, a uuid, or a user-given name." };
        var options = new OverviewOptions();
        var json = Options.AsJson();
        var command = new Command(
            "show",
            "Explains one NVDIMM device.\n"
            + "Shows whether a VM can have it, its figures and layout, its last use, and every finding.")
        {
            name,
        };
        options.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var listing = await options.ListAsync(environment, parsed, cancellationToken).ConfigureAwait(false);
            var asked = parsed.GetValue(name)!;
            if (UnknownDevice.Say(environment, listing, asked))
            {
                return Math.Max(ExitStatus.Usage, Listing.StatusOf(listing));
            }

            var matches = DeviceSelector.Matches(listing.Devices, asked);
            if (matches.Count > 1)
            {
                environment.Say($"'{asked}' stands for more than one device: {string.Join(", ", matches.Select(Described))}.");
                return ExitStatus.Refused;
            }

            var overview = options.Of(environment, parsed, listing);
            var device = overview.Devices.First(candidate => candidate.Device == matches[0]);
            if (parsed.GetValue(json))
            {
                Json.WriteTo(environment.Output, writer => writer.DeviceDetails(overview, device));
            }
            else
            {
                ToolConsole.ForOutput(environment).WriteDevice(overview, device, [.. options.WordsOf(parsed)]);
            }

            return Listing.StatusOf(listing, [asked]);
        });
        return command;
    }

    private static string Described(NvdimmDevice device) => device.Uuid is { } uuid ? $"{device.Name} ({uuid})" : device.Name;
}
