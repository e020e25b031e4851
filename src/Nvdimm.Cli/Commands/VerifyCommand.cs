using System.CommandLine;
using System.CommandLine.Parsing;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm verify</c>: checks that the installed libvirt and QEMU behave as predicted.</summary>
internal sealed class VerifyCommand
{
    private static readonly string Default = string.Join(", ", GuestFamily.All.Select(family => family.Architectures[0]));

    private readonly Option<GuestArchitecture[]> architectures = new("--arch")
    {
        HelpName = "NAME",
        Description = $"The guests' architectures. Each needs its QEMU. Default: {Default}, as far as their QEMU is installed.",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = Supported,
    };

    private readonly Option<int> samples =
        Options.Number(
            "--samples", "The number of random cases for each architecture and strategy, in addition to the fixed ones.", byDefault: 100);

    private readonly Option<int> seed =
        Options.Number("--seed", "The seed of the random cases: the same seed gives the same cases.", byDefault: 1);
    private readonly Option<SizingStrategy?> strategy = Options.Strategy("both");
    private readonly Option<string> connect = new("--connect")
    {
        HelpName = "URI",
        Description = "The libvirt connection, such as qemu:///system. "
            + "Without it, the command checks only QEMU, with the size that libvirt is predicted to ask for.",
    };

    private readonly Option<string> qemu = new("--qemu")
    {
        HelpName = "PATH",
        Description = "The QEMU to check; needs exactly one --arch. "
            + "Default: with --connect the one that libvirt would start, without it the usual one, such as qemu-system-x86_64 or qemu-kvm.",
    };

    private readonly Option<string> root = new("--root", "--container")
    {
        HelpName = "FOLDER",
        Description = "Check the libvirt and QEMU of this file system, before they are installed: a root of another release, "
            + "the file system of a container image, or unpacked packages. The command only reads it. Needs root.",
    };

    private readonly Option<bool> record = new("--record")
    {
        Description = "Record the outcome for the hooks, unless a recorded one covers more.",
    };
    private readonly Option<string> folder =
        Options.StateFolder("The state folder. The command also checks its recorded devices, and --record writes to it.");

    private readonly Option<bool> json = Options.AsJson();

    private VerifyCommand()
    {
    }

    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment) => new VerifyCommand().Of(environment);

    private Command Of(ToolEnvironment environment)
    {
        var command = new Command(
            "verify",
            "Checks that the installed libvirt and QEMU match the prediction.\n"
            + "Starts guests that run no instruction, with sparse files in place of devices: nothing of the host is touched. "
            + "Takes minutes, and says how many. "
            + "Also says whether each recorded device keeps its layout, and checks the output of ndctl for unknown keys.")
        {
            architectures, samples, seed, strategy, connect, qemu, root, record, folder, json,
        };
        command.Validators.Add(Validate);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(root) is { } elsewhere)
            {
                return await InRootAsync(environment, parsed, elsewhere, cancellationToken).ConfigureAwait(false);
            }

            var (recorded, areAllRead) = Recorded(environment, parsed);
            var options = OptionsOf(parsed) with { Recorded = recorded };
            ConformanceReport report;
            NdctlOutcome ndctl;
            try
            {
                var counter = new CaseCounter(environment);
                var work = Task.Run(() => environment.Verify(options, counter, cancellationToken), cancellationToken);
                await Task.WhenAny(work, counter.Begun, Task.Delay(Timeout.Infinite, cancellationToken)).ConfigureAwait(false);
                report = await Progress.WaitForProgramsAsync(
                    environment, () => counter.Text, work, cancellationToken, () => counter.Fraction)
                    .ConfigureAwait(false);
                ndctl = await NdctlOutcome.OfAsync(environment.CheckNdctl, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await environment.Error.WriteLineAsync("Stopped. Nothing was recorded.").ConfigureAwait(false);
                return ExitStatus.Interrupted;
            }

            var state = parsed.GetValue(folder)!;
            var recording = Write(environment, report, ndctl, Record, parsed.GetValue(json));

            // A check that fails changes nothing.
            Recording? Record() => !parsed.GetValue(record) ? null
                : areAllRead ? Recording.Of(report, state, environment.Root)
                : new Recording(state, Kept: null, $"a record in {state} could not be read");
            if (recording?.Failure is { } failure)
            {
                environment.Say($"not recorded: {failure}");
            }

            return !report.Conforms ? ExitStatus.Drift
                : recording?.Failure is not null || !areAllRead ? ExitStatus.Failed
                : report.IsComplete ? ExitStatus.Good : ExitStatus.Incomplete;
        });
        return command;
    }

    private async Task<int> InRootAsync(
        ToolEnvironment environment, ParseResult parsed, string elsewhere, CancellationToken cancellationToken)
    {
        var state = parsed.GetValue(folder)!;
        var verification = new RootVerification(elsewhere, Directory.Exists(state) ? state : null);
        if (verification.Obstacle is { } obstacle)
        {
            environment.Say(obstacle);
            return ExitStatus.Failed;
        }

        return await verification.RunAsync(
            new Option[] { architectures, samples, seed, strategy, qemu }.SelectMany(option => Options.WordsOf(parsed, option))
                .Concat(parsed.GetValue(json) ? [json.Name] : []),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The devices in the state folder, and whether all of them could be read. An unreadable record is reported, and the check goes on.
    /// </summary>
    private (ValueList<RecordedLayout> Devices, bool AreAllRead) Recorded(ToolEnvironment environment, ParseResult parsed)
    {
        try
        {
            var records = environment.Ledger(parsed.GetValue(folder)!).List();
            foreach (var finding in records.Findings)
            {
                environment.Say(finding.Message);
            }

            return (RecordedLayout.Of(records.Records), records.Findings.Count == 0);
        }
        catch (Exception failure) when (failure is LayoutLedgerException or IOException or UnauthorizedAccessException)
        {
            environment.Say(failure.Message);
            return ([], false);
        }
    }

    private static GuestArchitecture[] Supported(ArgumentResult result)
    {
        var named = result.Tokens.Where(token => !string.IsNullOrWhiteSpace(token.Value))
            .Select(token => GuestArchitecture.FromName(token.Value.Trim()))
            .ToArray();
        if (named.Length < result.Tokens.Count || named.Any(architecture => !architecture.IsSupported))
        {
            result.AddError($"NVDIMM sizes are known for {Options.Architectures}, "
                + $"not for '{string.Join(' ', result.Tokens.Select(token => token.Value))}'.");
        }

        return named;
    }

    /// <summary>Writes the report before the recording, so that a failed recording does not lose it.</summary>
    private static Recording? Write(
        ToolEnvironment environment, ConformanceReport report, NdctlOutcome ndctl, Func<Recording?> record, bool asJson)
    {
        Recording? recording = null;
        if (asJson)
        {
            Json.WriteTo(environment.Output, writer => writer.Conformance(report, ndctl, () => recording = record()));
        }
        else
        {
            var console = ToolConsole.ForOutput(environment);
            console.WriteConformance(report, ndctl);
            recording = record();
            console.WriteRecording(recording);
        }

        return recording;
    }

    private void Validate(CommandResult result)
    {
        if (result.GetResult(qemu) is not null && result.GetResult(architectures) is not { Tokens.Count: 1 })
        {
            result.AddError("--qemu needs exactly one --arch: the architecture of its guests.");
        }

        if (result.GetResult(root) is not null && (result.GetResult(connect) is not null || result.GetValue(record)))
        {
            result.AddError(
                "--root starts the libvirt of that file system: it takes no --connect, and no --record, "
                + "which is for the programs that VMs start with.");
        }
    }

    private ConformanceOptions OptionsOf(ParseResult parsed)
    {
        var defaults = new ConformanceOptions();
        var named = parsed.GetValue(architectures) ?? [];
        var path = parsed.GetValue(qemu);
        return defaults with
        {
            Architectures = named.Distinct().ToValueList(),
            Strategies = parsed.GetValue(strategy) is { } one ? [one] : defaults.Strategies,
            Samples = parsed.GetValue(samples),
            Seed = parsed.GetValue(seed),
            Programs = defaults.Programs with
            {
                Connection = parsed.GetValue(connect),
                Qemus = path is null ? [] : [new ChosenQemu(named[0], path)],
            },
        };
    }
}
