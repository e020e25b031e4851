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
        Description = "The guests' architectures; several may follow. Default: x86_64 and ppc64.",
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
        Description = "The QEMU to check, with one --arch. Default: the one that libvirt would start, or qemu-system-x86_64 and qemu-system-ppc64.",
    };

    private readonly Option<bool> record = new("--record") { Description = "Keep the outcome, so that others can ask whether the installed programs were verified." };
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
            var report = await Progress.WaitAsync(environment, "Asking libvirt and QEMU", work, cancellationToken, () => counter.Fraction).ConfigureAwait(false);
            var recorded = parsed.GetValue(record) ? Record(report, parsed.GetValue(folder)!) : null;
            var ndctl = await NdctlOutcome.OfAsync(environment.CheckNdctl, cancellationToken).ConfigureAwait(false);
            Write(environment, report, ndctl, recorded, parsed.GetValue(json));
            return report.Conforms ? ExitStatus.Good : ExitStatus.Drift;
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

    private static string Record(ConformanceReport report, string folder)
    {
        var store = new FingerprintStore(folder);
        store.Save(HypervisorFingerprint.Of(report));
        return store.Path;
    }

    private static void Write(ToolEnvironment environment, ConformanceReport report, NdctlOutcome ndctl, string? recorded, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, writer => writer.Conformance(report, ndctl, recorded));
        }
        else
        {
            ToolConsole.Over(environment.Output, environment.IsOutputTerminal).WriteConformance(report, ndctl, recorded);
        }
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
            Architectures = named.Length == 0 ? defaults.Architectures : named.Distinct().ToValueList(),
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
