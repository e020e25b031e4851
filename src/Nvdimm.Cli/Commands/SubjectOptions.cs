using System.CommandLine;
using System.CommandLine.Parsing;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Planning;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Commands;

/// <summary>The options that name the VM for which a device is planned.</summary>
internal sealed class SubjectOptions
{
    private readonly Option<string> vm = Options.Vm();
    private readonly Option<string> domain;
    private readonly Option<GuestArchitecture?> architecture;

    private readonly Option<SizingStrategy?> strategy = Options.Strategy("that of the VM file, else ovirt");
    private readonly Option<ByteSize?> labelSize = Options.LabelSize();

    /// <param name="domainDescription">The purpose of the domain, for the help.</param>
    /// <param name="byDefault">The architecture if nothing names one, as the help prints it.</param>
    public SubjectOptions(string domainDescription, string byDefault = "x86_64")
    {
        domain = new("--domain-xml") { HelpName = "FILE|-", Description = domainDescription };
        architecture = Options.Architecture($"The guest's architecture, if neither --vm nor the domain names one. Default: {byDefault}.");
    }

    /// <summary>Adds the options, and the checks between them and the option for the listing's file.</summary>
    public void AddTo(Command command, Option<string>? ndctl)
    {
        foreach (var option in new Option[] { vm, domain, architecture, strategy, labelSize })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result => Validate(result, ndctl));
    }

    /// <summary>Whether the command line names a domain.</summary>
    public bool HasDomain(ParseResult parsed) => parsed.GetValue(domain) is not null;

    /// <summary>Reads the VM that is named, or assumes one.</summary>
    /// <exception cref="BadInputException">The VM's file cannot be read.</exception>
    /// <param name="environment">The tool's environment.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="listing">The host's devices.</param>
    /// <param name="byDefault">The guest's architecture if nothing names one.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<PlanSubject> ReadAsync(
        ToolEnvironment environment, ParseResult parsed, NdctlListing listing, GuestArchitecture byDefault,
        CancellationToken cancellationToken)
    {
        var subject = await NamedAsync(environment, parsed, listing, parsed.GetValue(architecture) ?? byDefault, cancellationToken)
            .ConfigureAwait(false);
        var request = subject.Request;
        return subject with
        {
            Request = request with
            {
                Strategy = parsed.GetValue(strategy) ?? request.Strategy,
                LabelSize = parsed.GetValue(labelSize) ?? request.LabelSize,
            },
        };
    }

    /// <summary>The options as given, for a follow-up command that must plan the same.</summary>
    public ValueList<string> WordsOf(ParseResult parsed) => new Option[] { vm, domain, architecture, strategy, labelSize }
        .SelectMany(option => Options.WordsOf(parsed, option))
        .ToValueList();

    private async Task<PlanSubject> NamedAsync(
        ToolEnvironment environment, ParseResult parsed, NdctlListing listing, GuestArchitecture guest, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(vm) is { } vmFile)
        {
            return PlanSubjects.OfVmFile(await VmFileReader.ReadAsync(environment, vmFile, cancellationToken).ConfigureAwait(false));
        }

        if (parsed.GetValue(domain) is not { } path)
        {
            return PlanSubjects.Assumed(guest);
        }

        var xml = await DomainFile.ReadAsync(environment, path, cancellationToken).ConfigureAwait(false);
        return PlanSubjects.OfDomain(xml, InputFiles.NameOf(path), guest, listing);
    }

    private void Validate(CommandResult result, Option<string>? ndctl)
    {
        Options.RequireOneStandardInput(result, ndctl is null ? [vm, domain] : [ndctl, vm, domain]);
        if (result.GetValue(vm) is not null && result.GetValue(domain) is not null)
        {
            result.AddError("--vm and --domain-xml exclude each other.");
        }

        if (result.GetValue(vm) is not null && result.GetResult(architecture) is not null)
        {
            result.AddError("--arch and --vm exclude each other: the VM file names the architecture.");
        }
    }
}
