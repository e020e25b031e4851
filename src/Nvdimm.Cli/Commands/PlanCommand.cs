using System.CommandLine;
using System.CommandLine.Parsing;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm plan</c>: what attaching devices would mean, and what is written for them.</summary>
internal sealed class PlanCommand
{
    private static readonly Dictionary<string, PlanFormat?> Formats = new(StringComparer.Ordinal)
    {
        ["table"] = PlanFormat.Table,
        ["json"] = PlanFormat.Json,
        ["xml"] = PlanFormat.Xml,
    };

    private readonly Option<string> ndctl = Options.Ndctl("Without it this host is asked.");
    private readonly Option<string[]> devices = Options.Devices("The devices to attach.");
    private readonly Option<string> vm = Options.Vm();
    private readonly Option<string> domain = new("--domain-xml") { HelpName = "FILE|-", Description = "The libvirt domain to put the devices into; the edited domain is printed." };
    private readonly Option<GuestArchitecture?> architecture =
        Options.Architecture("The guest's architecture, where neither --vm nor the domain names one. Default: x86_64.");

    private readonly Option<SizingStrategy?> strategy = Options.Strategy();
    private readonly Option<PlanFormat?> format;
    private readonly Option<bool> json;

    private PlanCommand()
    {
        (format, json) = Options.Format("A table, JSON, or the XML. Default: xml with --domain-xml, otherwise table.", Formats);
        devices.Required = true;
    }

    private enum PlanFormat
    {
        Table,
        Json,
        Xml,
    }

    /// <summary>The command.</summary>
    public static Command Create(ToolEnvironment environment) => new PlanCommand().Of(environment);

    private Command Of(ToolEnvironment environment)
    {
        var command = new Command("plan", "Plans devices for a VM: may they be attached, may it start then, which layout they have, and what is written.")
        {
            ndctl, devices, vm, domain, architecture, strategy, format, json,
        };
        command.Validators.Add(Validate);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var listing = await Listing.ReadAsync(environment, parsed.GetValue(ndctl), cancellationToken).ConfigureAwait(false);
            var subject = await SubjectAsync(environment, parsed, listing, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(strategy) is { } chosen)
            {
                subject = subject with { Request = subject.Request with { Strategy = chosen } };
            }

            var names = parsed.GetValue(devices)!.ToValueList();
            var plan = Planner.Make(listing, subject, names);
            WriteUnknown(environment, listing, names);
            Write(environment, plan, FormatOf(parsed));
            return Math.Max(plan.Status, Listing.StatusOf(listing, names));
        });
        return command;
    }

    /// <summary>The engine's text for a device that is not there does not name it.</summary>
    private static void WriteUnknown(ToolEnvironment environment, NdctlListing listing, ValueList<string> names)
    {
        foreach (var name in names.Where(name => DeviceSelector.Matches(listing.Devices, name).Count == 0))
        {
            environment.Error.WriteLine($"nvdimm: no device of the listing is called '{Printable.Text(name)}'.");
        }
    }

    private static void Write(ToolEnvironment environment, Plan plan, PlanFormat format)
    {
        switch (format)
        {
            case PlanFormat.Json:
                Json.WriteTo(environment.Output, writer => writer.Plan(plan));
                break;
            case PlanFormat.Xml:
                PlanXml.Write(environment, plan);
                break;
            default:
                ToolConsole.Over(environment.Output, environment.IsOutputTerminal).WritePlan(plan);
                break;
        }
    }

    private void Validate(CommandResult result)
    {
        Options.RequireOneFormat(result, format, json, PlanFormat.Json);
        Options.RequireOneStandardInput(result, ndctl, vm, domain);
        if (result.GetValue(vm) is not null && result.GetValue(domain) is not null)
        {
            result.AddError("--vm and --domain-xml exclude each other.");
        }

        if (result.GetValue(vm) is not null && result.GetResult(architecture) is not null)
        {
            result.AddError("--arch and --vm exclude each other: the VM file names the architecture.");
        }
    }

    private PlanFormat FormatOf(ParseResult parsed)
    {
        var withoutFormat = parsed.GetValue(domain) is null ? PlanFormat.Table : PlanFormat.Xml;
        return parsed.GetValue(json) ? PlanFormat.Json : parsed.GetValue(format) ?? withoutFormat;
    }

    private async Task<PlanSubject> SubjectAsync(ToolEnvironment environment, ParseResult parsed, NdctlListing listing, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(vm) is { } vmFile)
        {
            return PlanSubjects.OfVmFile(await VmFileReader.ReadAsync(environment, vmFile, cancellationToken).ConfigureAwait(false));
        }

        if (parsed.GetValue(domain) is not { } path)
        {
            return PlanSubjects.Assumed(parsed.GetValue(architecture) ?? GuestArchitecture.X86_64);
        }

        var xml = await DomainFile.ReadAsync(environment, path, cancellationToken).ConfigureAwait(false);
        return PlanSubjects.OfDomain(xml, InputFiles.NameOf(path), parsed.GetValue(architecture), listing);
    }
}
