using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Cli.Commands;

/// <summary>
/// <c>nvdimm layout allow-restore</c>: permits the next restore of a domain, although it overwrites the domain's NVDIMMs.
/// </summary>
internal static class LayoutAllowRestoreCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var domain = new Argument<string>("DOMAIN") { Description = "The libvirt domain: its uuid, or its name." };
        var folder = Options.StateFolder("The state folder.");
        var json = Options.AsJson();
        var command = new Command(
            "allow-restore",
            "Permits one restore or revert of a domain with NVDIMMs, within the next hour.\n"
            + "A restore, or a revert to a snapshot with memory, overwrites the devices with their content of that time.")
        {
            domain, folder, json,
        };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(domain)!;
            var until = environment.Time.GetUtcNow() + RestorePermissions.Span;
            new RestorePermissions(parsed.GetValue(folder)!, environment.Time, MachineId.Of(environment.Root)).Give(name);
            if (parsed.GetValue(json))
            {
                Json.WriteTo(environment.Output, json => json.Object(() =>
                {
                    json.Text("domain", name);
                    json.Text("until", $"{until:yyyy-MM-ddTHH:mm:ssZ}");
                }));
            }
            else
            {
                ToolConsole.ForOutput(environment).WriteLine(Printable.Text(
                    $"The next restore or revert of {name} is permitted until {until:yyyy-MM-dd HH:mm:ss} UTC. "
                    + "It overwrites the NVDIMMs with older content."));
            }

            return ExitStatus.Good;
        });
        return command;
    }
}
