using System.CommandLine;
using System.CommandLine.Parsing;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm repair</c>: the only command that writes to a device.</summary>
internal sealed class RepairCommand
{
    private readonly Option<string> relocate = new("--relocate-labels")
    {
        HelpName = "DEVICE",
        Description = "The device whose labels to copy to the place where the planned, larger layout looks for them: "
            + "a kernel name, a uuid, or a user-given name.",
    };

    private readonly Option<string> restore = new("--restore-labels")
    {
        HelpName = "BACKUP",
        Description = "Undo such a copy, complete or interrupted, and write the recorded labels back to where the guest looks for them. "
            + "BACKUP is a file of the backup. The command overwrites neither the last intact labels nor later changes.",
    };

    private readonly Option<string> labels = new("--labels")
    {
        HelpName = "HASH",
        Description = "The labels to write: their hash, or at least its first 12 characters. "
            + "Required if there are several sets, or if they are not the recorded ones.",
        CustomParser = Hash,
    };

    private readonly SubjectOptions subjects = new(
        "The libvirt domain that has or gets the device: a file, or - for standard input.",
        "the recorded one, else the host's. Another one is refused");
    private readonly Option<string> ndctl = Options.Ndctl("It must come from this host. Without it, the command runs ndctl on this host.");
    private readonly Option<bool> apply = new("--apply") { Description = "Write. Without this option, nothing is written." };
    private readonly Option<string> folder = Options.StateFolder("The state folder with the records, claims and backups.");
    private readonly Option<bool> json = Options.AsJson();

    private RepairCommand()
    {
    }

    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment) => new RepairCommand().Of(environment);

    private Command Of(ToolEnvironment environment)
    {
        var command = new Command(
            "repair",
            "Copies labels to the place of a larger layout, or undoes such a copy.\n"
            + "Works only on this host, and only while nothing uses the device. Writes a backup first, and verifies what it wrote.")
        {
            relocate, restore, labels, ndctl,
        };
        subjects.AddTo(command, ndctl);
        foreach (var option in new Option[] { apply, folder, json })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(Validate);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var names = parsed.GetValue(relocate) is { } name ? new[] { name } : [];
            var listing = await Listing.ReadAsync(environment, parsed.GetValue(ndctl), names, cancellationToken).ConfigureAwait(false);
            var repair = new LabelRepair(environment, Request(parsed));
            var outcome = parsed.GetValue(restore) is { } backup
                ? await repair.RestoreAsync(listing, backup, cancellationToken).ConfigureAwait(false)
                : await RelocateAsync(environment, parsed, repair, listing, cancellationToken).ConfigureAwait(false);
            outcome = WithAdvice(outcome);
            Write(environment, outcome, parsed.GetValue(json));
            return outcome.Status;
        });
        return command;
    }

    private RepairRequest Request(ParseResult parsed)
    {
        ValueList<string> folderWords = [.. Options.WordsOf(parsed, ndctl), .. Options.WordsOf(parsed, folder)];
        return new RepairRequest(
            parsed.GetValue(folder)!, parsed.GetValue(apply), parsed.GetValue(labels), [.. subjects.WordsOf(parsed), .. folderWords])
        {
            FolderWords = folderWords,
        };
    }

    private async Task<RepairOutcome> RelocateAsync(
        ToolEnvironment environment, ParseResult parsed, LabelRepair repair, NdctlListing listing, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(relocate)!;
        var subject = await subjects.ReadAsync(environment, parsed, listing, repair.ArchitectureOf(listing, name), cancellationToken)
            .ConfigureAwait(false);
        return await repair.RelocateAsync(listing, subject, name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds advice for a container, which hides the host's processes even from its root.</summary>
    private static RepairOutcome WithAdvice(RepairOutcome outcome) =>
        outcome.Findings.Any(finding => finding.Code == NvdimmCodes.HostUseUnknown)
        ? outcome with
        {
            Next =
            [
                .. outcome.Next,
                "run this as root on the host itself: a container does not see which of the host's processes use the device",
            ],
        }
        : outcome;

    private static string? Hash(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Length is >= LabelArea.ShortestName and <= 64 && text.All(char.IsAsciiHexDigit))
        {
            return text;
        }

        result.AddError(
            $"'{text}' is no hash of labels: {LabelArea.ShortestName} to 64 hexadecimal digits, as 'nvdimm layout check' prints it.");
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
