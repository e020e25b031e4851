using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm plan</c>: shows the effects of attaching devices, and prints the XML to write.</summary>
internal sealed class PlanCommand
{
    private static readonly Dictionary<string, PlanFormat?> Formats = new(StringComparer.Ordinal)
    {
        ["table"] = PlanFormat.Table,
        ["json"] = PlanFormat.Json,
        ["xml"] = PlanFormat.Xml,
    };

    private readonly Option<string> ndctl = Options.Ndctl("Without it, the command runs ndctl on this host.");
    private readonly Option<string[]> devices = Options.Devices("The devices to attach.");
    private readonly SubjectOptions subjects = new(
        "The libvirt domain that gets the devices: a file, or - for standard input. The command prints the edited domain.");
    private readonly Option<bool> keep = Options.KeepLayout();
    private readonly Option<string> folder = Options.StateFolder("The state folder with the records of layouts.");
    private readonly Option<PlanFormat?> format;
    private readonly Option<bool> json;

    private PlanCommand()
    {
        (format, json) = Options.Format("The format: a table, JSON, or the XML. Default: xml with --domain-xml, else table.", Formats);
        devices.Required = true;
    }

    private enum PlanFormat
    {
        Table,
        Json,
        Xml,
    }

    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment) => new PlanCommand().Of(environment);

    private Command Of(ToolEnvironment environment)
    {
        var command = new Command(
            "plan",
            "Says whether a VM can have devices, and what it would see of them.\n"
            + "Checks the rules, the sizes and the last use of each device, and prints the libvirt XML. Changes nothing.")
        {
            ndctl, devices,
        };
        subjects.AddTo(command, ndctl);
        foreach (var option in new Option[] { keep, folder, format, json })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result => Options.RequireOneFormat(result, format, json, PlanFormat.Json));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var names = parsed.GetValue(devices)!.ToValueList();
            var listing = await Listing.ReadAsync(environment, parsed.GetValue(ndctl), names, cancellationToken).ConfigureAwait(false);
            var status = Listing.StatusOf(listing, names);
            if (names.Any(name => UnknownDevice.Say(environment, listing, name)))
            {
                return Math.Max(ExitStatus.Usage, Listing.StatusOf(listing));
            }

            var subject = await subjects.ReadAsync(environment, parsed, listing, GuestArchitecture.X86_64, cancellationToken)
                .ConfigureAwait(false);
            var guard = new DeviceGuard(environment, parsed.GetValue(folder)!, parsed.GetValue(keep))
            {
                IsOtherHostPossible = parsed.GetValue(ndctl) is not null,
            };
            var guarded = await guard.CheckAsync(listing, subject, names, cancellationToken).ConfigureAwait(false);
            var plan = Planner.Make(listing, subject, names, guarded);
            Write(environment, plan, FormatOf(parsed));
            return Math.Max(plan.Status, status);
        });
        return command;
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
                ToolConsole.ForOutput(environment).WritePlan(plan);
                break;
        }
    }

    private PlanFormat FormatOf(ParseResult parsed)
    {
        var withoutFormat = subjects.HasDomain(parsed) ? PlanFormat.Xml : PlanFormat.Table;
        return parsed.GetValue(json) ? PlanFormat.Json : parsed.GetValue(format) ?? withoutFormat;
    }
}
