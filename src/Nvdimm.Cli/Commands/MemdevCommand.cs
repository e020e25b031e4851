using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Commands;

/// <summary>
/// <c>nvdimm memdev</c>: prints devices in the form that virt-install, QEMU and libvirt take, for users without the library.
/// </summary>
internal sealed class MemdevCommand
{
    private static readonly Dictionary<string, MemdevFormat?> Formats = new(StringComparer.Ordinal)
    {
        ["all"] = MemdevFormat.All,
        ["virt-install"] = MemdevFormat.VirtInstall,
        ["qemu"] = MemdevFormat.Qemu,
        ["xml"] = MemdevFormat.Xml,
        ["json"] = MemdevFormat.Json,
    };

    private readonly Argument<string[]> devices = new("DEVICE")
    {
        Description = "The devices: each a kernel name, a uuid, a user-given name, or the path of a regular file of this host.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> ndctl = Options.Ndctl("Without it, the command runs ndctl on this host.");
    private readonly Option<GuestArchitecture?> architecture = Options.Architecture("The guest's architecture. Default: x86_64.");
    private readonly Option<SizingStrategy?> strategy = Options.Strategy();
    private readonly Option<ByteSize?> labelSize = Options.LabelSize();
    private readonly Option<int> node = Options.Number("--guest-node", "The guest's NUMA node.", byDefault: 0);
    private readonly Option<string> folder = Options.StateFolder("The state folder with the records of layouts.");
    private readonly Option<MemdevFormat?> format;
    private readonly Option<bool> json;

    private MemdevCommand() =>
        (format, json) = Options.Format(
            "The form: virt-install's --memdev, QEMU's options, libvirt's XML, or JSON with all of them. Default: all, as text.", Formats);

    private enum MemdevFormat
    {
        All,
        VirtInstall,
        Qemu,
        Xml,
        Json,
    }

    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment) => new MemdevCommand().Of(environment);

    private Command Of(ToolEnvironment environment)
    {
        var command = new Command(
            "memdev",
            "Prints devices for virt-install, QEMU and libvirt, with exact sizes.\n"
            + "A device that was used before keeps its layout: that of its record, or else that of the labels on it. Changes nothing.")
        {
            devices, ndctl, architecture, strategy, labelSize, node, folder, format, json,
        };
        command.Validators.Add(result => Options.RequireOneFormat(result, format, json, MemdevFormat.Json));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var names = parsed.GetValue(devices)!.ToValueList();
            var listing = await Listing.ReadAsync(environment, parsed.GetValue(ndctl), names, cancellationToken).ConfigureAwait(false);
            if (names.Any(name => UnknownDevice.Say(environment, listing, name)))
            {
                return Math.Max(ExitStatus.Usage, Listing.StatusOf(listing));
            }

            var subject = PlanSubjects.Assumed(parsed.GetValue(architecture) ?? GuestArchitecture.X86_64);
            subject = subject with
            {
                Request = subject.Request with
                {
                    Strategy = parsed.GetValue(strategy) ?? subject.Request.Strategy,
                    LabelSize = parsed.GetValue(labelSize) ?? subject.Request.LabelSize,
                },
            };
            var guard = new DeviceGuard(environment, parsed.GetValue(folder)!, isKept: true)
            { IsOtherHostPossible = parsed.GetValue(ndctl) is not null };
            var guarded = await guard.CheckAsync(listing, subject, names, cancellationToken).ConfigureAwait(false);
            var plan = Planner.Make(listing, subject, names, guarded);
            ToolConsole.ForErrors(environment).WritePlanFindings(plan);
            var status = Math.Max(plan.Status, Listing.StatusOf(listing, names));
            if (plan.IsRefused)
            {
                return status;
            }

            var forms = plan.Devices
                .Select((device, index) => new MemdevForms(
                    device.Element!.WithGuestNode(parsed.GetValue(node)), device.Sized!.Value.Layout!, index))
                .ToList();
            return Math.Max(
                status, Write(environment, forms, parsed.GetValue(json) ? MemdevFormat.Json : parsed.GetValue(format) ?? MemdevFormat.All));
        });
        return command;
    }

    private static int Write(ToolEnvironment environment, List<MemdevForms> forms, MemdevFormat format)
    {
        if (format == MemdevFormat.Json)
        {
            WriteJson(environment, forms);
            return ExitStatus.Good;
        }

        var status = ExitStatus.Good;
        var isAll = format == MemdevFormat.All;
        if (isAll || format == MemdevFormat.VirtInstall)
        {
            foreach (var one in forms)
            {
                if (one.IsForVirtInstall)
                {
                    environment.Output.WriteLine($"--memdev {ShellWords.Quote(one.VirtInstall)}");
                }
                else
                {
                    environment.Say($"virt-install takes no comma in a path: {one.Element.Path}");
                    status = isAll ? status : ExitStatus.Refused;
                }
            }
        }

        foreach (var one in isAll || format == MemdevFormat.Qemu ? forms : [])
        {
            environment.Output.WriteLine($"-object {ShellWords.Quote(one.QemuObject)} -device {ShellWords.Quote(one.QemuDevice)}");
        }

        foreach (var one in isAll || format == MemdevFormat.Xml ? forms : [])
        {
            environment.Output.WriteLine(one.Element.ToXml());
        }

        return status;
    }

    private static void WriteJson(ToolEnvironment environment, List<MemdevForms> forms) =>
        Json.WriteTo(environment.Output, json => json.Object(() =>
        json.Array("devices", forms, one => json.Object(() =>
        {
            json.Text("path", one.Element.Path);
            json.Text("virtInstall", one.IsForVirtInstall ? one.VirtInstall : null);
            json.Text("qemuObject", one.QemuObject);
            json.Text("qemuDevice", one.QemuDevice);
            json.Text("xml", one.Element.ToXml());
        }))));
}
