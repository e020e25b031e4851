using System.CommandLine;
using System.CommandLine.Parsing;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm verify</c>: do the installed libvirt and QEMU still do what is predicted?</summary>
internal sealed class VerifyCommand
{
    private readonly Option<GuestArchitecture[]> architectures = new("--arch")
    {
        HelpName = "NAME",
        Description = "The guests' architectures; several may follow. Each needs its QEMU. Default: those of x86_64 and ppc64 that have one.",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = Supported,
    };

    private readonly Option<int> samples =
        Options.Number("--samples", "How many random cases there are for each architecture and strategy, beside the fixed ones.", byDefault: 100);

    private readonly Option<int> seed = Options.Number("--seed", "What the random cases come from.", byDefault: 1);
    private readonly Option<SizingStrategy?> strategy = Options.Strategy();
    private readonly Option<string> connect = new("--connect")
    {
        HelpName = "URI",
        Description = "The libvirt connection, such as qemu:///system. Without it only QEMU is checked, with the size that libvirt is predicted to give it.",
    };

    private readonly Option<string> qemu = new("--qemu")
    {
        HelpName = "PATH",
        Description = "The QEMU to check, with one --arch. Default: the one that libvirt would start; without libvirt qemu-system-x86_64, qemu-system-ppc64, or the host's own qemu-kvm.",
    };

    private readonly Option<bool> record = new("--record") { Description = "Keep the outcome, so that others can ask whether the installed programs were verified, unless what is kept covers more." };
    private readonly Option<string> folder = Options.StateFolder("Where --record keeps it.");

    private readonly Option<bool> json = Options.AsJson();

    private VerifyCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create(ToolEnvironment environment) => new VerifyCommand().Of(environment);

    private Command Of(ToolEnvironment environment)
    {
        var command = new Command("verify", "Checks that the installed libvirt and QEMU do what the sizes are computed for, where plugged memory lands, and whether ndctl prints what is known. Exit status 6: libvirt or QEMU do something else.")
        {
            architectures, samples, seed, strategy, connect, qemu, record, folder, json,
        };
        command.Validators.Add(Validate);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = OptionsOf(parsed);
            var counter = new CaseCounter();
            var work = Task.Run(() => environment.Verify(options, counter, cancellationToken), cancellationToken);
            var report = await Progress.WaitForProgramsAsync(environment, "Asking libvirt and QEMU", work, cancellationToken, () => counter.Fraction).ConfigureAwait(false);
            var ndctl = await NdctlOutcome.OfAsync(environment.CheckNdctl, cancellationToken).ConfigureAwait(false);
            var recording = Write(environment, report, ndctl, () => parsed.GetValue(record) ? Recording.Of(report, parsed.GetValue(folder)!) : null, parsed.GetValue(json));
            if (recording?.Failure is { } failure)
            {
                environment.Say($"not recorded: {failure}");
            }

            return !report.Conforms ? ExitStatus.Drift : recording?.Failure is null ? ExitStatus.Good : ExitStatus.Failed;
        });
        return command;
    }

    private static GuestArchitecture[] Supported(ArgumentResult result)
    {
        var named = result.Tokens.Where(token => !string.IsNullOrWhiteSpace(token.Value)).Select(token => GuestArchitecture.FromName(token.Value.Trim())).ToArray();
        if (named.Length < result.Tokens.Count || named.Any(architecture => !architecture.IsSupported))
        {
            result.AddError($"NVDIMM sizes are known for x86_64, ppc64 and ppc64le, not for '{string.Join(' ', result.Tokens.Select(token => token.Value))}'.");
        }

        return named;
    }

    /// <summary>Writes the report first, so that it is there whatever comes of the recording.</summary>
    private static Recording? Write(ToolEnvironment environment, ConformanceReport report, NdctlOutcome ndctl, Func<Recording?> record, bool asJson)
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
                QemuX86 = path is not null && !named[0].IsPower ? path : null,
                QemuPower = path is not null && named[0].IsPower ? path : null,
            },
        };
    }
}
