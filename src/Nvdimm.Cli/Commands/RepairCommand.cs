using System.CommandLine;
using System.CommandLine.Parsing;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm repair</c>: the only command that writes to a device.</summary>
internal sealed class RepairCommand
{
    private readonly Option<string> relocate = new("--relocate-labels")
    {
        HelpName = "DEVICE",
        Description = "Copy the labels of a device to where the planned layout, which must be larger, looks for them. A kernel name, a uuid or a user-given name.",
    };

    private readonly Option<string> restore = new("--restore-labels")
    {
        HelpName = "BACKUP",
        Description = "Take such a copy back, whole or interrupted: a file of the backup. Nothing that was changed since is overwritten.",
    };

    private readonly SubjectOptions subjects = new("The libvirt domain that the device is planned for.");
    private readonly Option<bool> apply = new("--apply") { Description = "Do it. Without it nothing is written." };
    private readonly Option<string> folder = Options.StateFolder("Where ledger, claims and backups are.");
    private readonly Option<bool> json = Options.AsJson();

    private RepairCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create(ToolEnvironment environment) => new RepairCommand().Of(environment);

    private Command Of(ToolEnvironment environment)
    {
        var command = new Command("repair", "Copies labels to the place of a larger layout, or takes that back. Only on this host, only while nobody uses the device; without --apply a dry run.")
        {
            relocate, restore,
        };
        subjects.AddTo(command, ndctl: null);
        foreach (var option in new Option[] { apply, folder, json })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(Validate);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var names = parsed.GetValue(relocate) is { } name ? new[] { name } : [];
            var listing = await Listing.ReadAsync(environment, path: null, names, cancellationToken).ConfigureAwait(false);
            var repair = new LabelRepair(environment, parsed.GetValue(folder)!, parsed.GetValue(apply));
            var outcome = parsed.GetValue(restore) is { } backup
                ? repair.Restore(listing, backup)
                : await repair.RelocateAsync(
                    listing,
                    await subjects.ReadAsync(environment, parsed, listing, cancellationToken).ConfigureAwait(false),
                    parsed.GetValue(relocate)!,
                    cancellationToken).ConfigureAwait(false);
            Write(environment, outcome, parsed.GetValue(json));
            return outcome.Status;
        });
        return command;
    }

    private static void Write(ToolEnvironment environment, RepairOutcome outcome, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, writer => writer.Repair(outcome));
        }
        else
        {
            ToolConsole.Over(environment.Output, environment.IsOutputTerminal).WriteRepair(outcome);
        }
    }

    private void Validate(CommandResult result)
    {
        if (result.GetResult(relocate) is null == result.GetResult(restore) is null)
        {
            result.AddError("Exactly one of --relocate-labels and --restore-labels is needed.");
        }
    }
}
