using System.CommandLine;
using System.CommandLine.Parsing;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Ndctl;

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
        Description = "Take such a copy back, whole or interrupted, and write the recorded labels back where the guest looks for them: a file of the backup. "
            + "Neither the last whole labels nor what was changed since is overwritten.",
    };

    private readonly Option<string> labels = new("--labels")
    {
        HelpName = "HASH",
        Description = "The labels that are written, by their hash or its first 12 characters or more. Needed where there are several, and where they are not the "
            + "recorded ones.",
        CustomParser = Hash,
    };

    private readonly SubjectOptions subjects = new("The libvirt domain that the device is planned for.", "the recorded one, then the host's; another one is refused");
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
            relocate, restore, labels,
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
            var repair = new LabelRepair(environment, Request(parsed));
            var outcome = parsed.GetValue(restore) is { } backup
                ? await repair.RestoreAsync(listing, backup, cancellationToken).ConfigureAwait(false)
                : await RelocateAsync(environment, parsed, repair, listing, cancellationToken).ConfigureAwait(false);
            Write(environment, outcome, parsed.GetValue(json));
            return outcome.Status;
        });
        return command;
    }

    private RepairRequest Request(ParseResult parsed)
    {
        var folderWords = Options.WordsOf(parsed, folder);
        return new RepairRequest(parsed.GetValue(folder)!, parsed.GetValue(apply), parsed.GetValue(labels), [.. subjects.WordsOf(parsed), .. folderWords])
        {
            FolderWords = folderWords,
        };
    }

    private async Task<RepairOutcome> RelocateAsync(
        ToolEnvironment environment, ParseResult parsed, LabelRepair repair, NdctlListing listing, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(relocate)!;
        var subject = await subjects.ReadAsync(environment, parsed, listing, repair.ArchitectureOf(listing, name), cancellationToken).ConfigureAwait(false);
        return await repair.RelocateAsync(listing, subject, name, cancellationToken).ConfigureAwait(false);
    }

    private static string? Hash(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Length is >= LabelArea.ShortestName and <= 64 && text.All(char.IsAsciiHexDigit))
        {
            return text;
        }

        result.AddError($"'{text}' is no hash of labels: {LabelArea.ShortestName} to 64 hexadecimal digits, as 'nvdimm layout check' prints it.");
        return null;
    }

    private static void Write(ToolEnvironment environment, RepairOutcome outcome, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, writer => writer.Repair(outcome));
        }
        else
        {
            ToolConsole.ForOutput(environment).WriteRepair(outcome);
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
