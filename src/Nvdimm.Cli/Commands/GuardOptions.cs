using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Planning;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Commands;

/// <summary>The options of the commands that check planned devices against this host.</summary>
internal sealed class GuardOptions
{
    private readonly Option<string> ndctl = Options.Ndctl("Without it, the command runs ndctl on this host.");
    private readonly Option<string[]> devices;
    private readonly SubjectOptions subjects = new("The libvirt domain that has or gets the devices: a file, or - for standard input.");
    private readonly Option<bool> keep = Options.KeepLayout();

    /// <param name="what">The purpose of the named devices, for the help.</param>
    /// <param name="isOne">Whether the command takes only one device.</param>
    public GuardOptions(string what, bool isOne = false)
    {
        devices = Options.Devices(what, isOne);
        devices.Required = true;
    }

    /// <summary>The state folder, which contains the records of layouts.</summary>
    public Option<string> Folder { get; } = Options.StateFolder("The state folder with the records of layouts.");

    /// <summary><c>--json</c>.</summary>
    public Option<bool> Json { get; } = Options.AsJson();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(ndctl);
        command.Options.Add(devices);
        subjects.AddTo(command, ndctl);
        foreach (var option in new Option[] { keep, Folder, Json })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Checks the devices of the command line against this host.</summary>
    public async Task<GuardedDevices> CheckAsync(ToolEnvironment environment, ParseResult parsed, CancellationToken cancellationToken)
    {
        var names = parsed.GetValue(devices)!.ToValueList();
        var listing = await Listing.ReadAsync(environment, parsed.GetValue(ndctl), names, cancellationToken).ConfigureAwait(false);
        var subject = await subjects.ReadAsync(environment, parsed, listing, GuestArchitecture.X86_64, cancellationToken)
            .ConfigureAwait(false);
        var guard = new DeviceGuard(environment, parsed.GetValue(Folder)!, parsed.GetValue(keep))
        {
            IsOtherHostPossible = parsed.GetValue(ndctl) is not null,
        };
        var guarded = await guard.CheckAsync(listing, subject, names, cancellationToken).ConfigureAwait(false);
        var findings = subject.Findings.Concat(guard.CheckDomain(subject, guarded)).Distinct().ToValueList();
        var status = Math.Max(Listing.StatusOf(listing, names), Unknown(environment, listing, names));
        return new GuardedDevices(guarded, guard, subject with { Findings = findings }, status)
        {
            Words =
            [
                .. Options.WordsOf(parsed, ndctl), .. subjects.WordsOf(parsed), .. parsed.GetValue(keep) ? new[] { keep.Name } : [],
                .. Options.WordsOf(parsed, Folder),
            ],
            FolderWords = Options.WordsOf(parsed, Folder),
        };
    }

    /// <summary>Reports the names that match no device or several, and returns the exit status for them.</summary>
    private static int Unknown(ToolEnvironment environment, NdctlListing listing, ValueList<string> names)
    {
        var status = ExitStatus.Good;
        foreach (var name in names)
        {
            var matches = DeviceSelector.Matches(listing.Devices, name);
            if (matches.Count > 1)
            {
                status = ExitStatus.Refused;
                environment.Say($"'{name}' stands for more than one device: {string.Join(", ", matches.Select(match => match.Name))}.");
            }
            else if (UnknownDevice.Say(environment, listing, name))
            {
                status = ExitStatus.Refused;
            }
        }

        return status;
    }
}
