using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm size</c>: computes the layout of a device of a given size.</summary>
internal static class SizeCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var architecture = Options.Architecture($"The guest's architecture: {Options.Architectures}.");
        architecture.Required = true;
        var deviceSize = Options.Size("--device-size", "The size of the host's device.");
        deviceSize.Required = true;
        var align = Options.Align("--align", "The alignment that the device reports. Default: none.");
        var labelSize = Options.LabelSize();
        var pageSize = Options.Align("--page-size", "The page size of the host. Default: 4 KiB.");
        var devdax = new Option<bool>("--devdax") { Description = "The device is a devdax namespace." };
        var memory = Options.Size(
            "--memory", "The RAM that the guest boots with. The command then also shows where memory that is plugged later is placed.");
        var strategy = Options.Strategy();
        var json = Options.AsJson();
        var command = new Command(
            "size",
            "Computes what a guest sees of a device of some size.\n"
            + "Shows each step from the device to the guest, and the offset of the label area.")
        {
            architecture, deviceSize, align, labelSize, pageSize, devdax, memory, strategy, json,
        };
        command.SetAction(parsed =>
        {
            var sized = NvdimmSizer.Size(new SizingRequest(parsed.GetValue(architecture)!.Value, parsed.GetValue(deviceSize)!.Value)
            {
                Align = parsed.GetValue(align),
                LabelSize = parsed.GetValue(labelSize) ?? SizingRequest.OvirtLabelSize,
                HostPageSize = parsed.GetValue(pageSize) ?? Alignment.FromKiB(4),
                IsDevdax = parsed.GetValue(devdax),
                GuestRam = parsed.GetValue(memory) ?? ByteSize.Zero,
                Strategy = parsed.GetValue(strategy) ?? SizingStrategy.Ovirt,
            });
            Write(environment, sized, sized.Layout is { } layout ? HotPlugs.OfLayout(layout) : [], parsed.GetValue(json));
            return sized.IsRefused ? ExitStatus.Refused : ExitStatus.Good;
        });
        return command;
    }

    private static void Write(ToolEnvironment environment, SizingResult sized, ValueList<HotPlug> plugs, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, json => json.Object(() =>
            {
                json.Text("architecture", sized.Request.Architecture.Name);
                json.Text("strategy", EnumWords.Of(sized.Request.Strategy));
                json.Layout(sized);
                json.HotPlugs(plugs);
            }));
            return;
        }

        var console = ToolConsole.ForOutput(environment);
        if (console.IsTerminal)
        {
            console.WriteLine(sized.Layout is { } layout
                ? $"The guest sees {layout.GuestSize} of {sized.Request.DeviceSize}."
                : $"No VM can have {sized.Request.DeviceSize} with these figures.");
            console.WriteLine();
        }

        console.Write(LayoutTable.Of(sized));
        console.WriteHotPlugs(plugs);
        console.WriteFindings(sized.Findings);
    }
}
