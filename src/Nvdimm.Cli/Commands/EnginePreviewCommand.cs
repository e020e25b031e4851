using System.CommandLine;
using Nvdimm.Cli.Engines;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Terminal;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine preview</c>: previews an attachment of devices to a VM.</summary>
internal static class EnginePreviewCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var (engine, wide, asJson) = (new EngineOptions(), Options.Wide(), Options.AsJson());
        var (vm, devices) = (EngineArguments.Vm(), EngineArguments.Devices("The devices:"));
        var command = engine.Command(
            "preview", "Shows what attaching devices to a VM would do.\nChanges nothing.", vm, devices, wide, asJson);
        command.SetAction((parsed, cancellationToken) => engine.RunAsync(
            environment,
            parsed,
            async session =>
            {
                var target = await session.VmAsync(parsed.GetValue(vm)!, cancellationToken).ConfigureAwait(false);
                var preview = await Progress.WaitAsync(
                    environment, "Asking the engine and the host",
                    session.Manager.PreviewAsync(target.Id, [.. parsed.GetValue(devices)!], cancellationToken),
                    cancellationToken).ConfigureAwait(false);
                if (parsed.GetValue(asJson))
                {
                    Json.WriteTo(environment.Output, json => json.Preview(preview));
                }
                else
                {
                    ToolConsole.ForOutput(environment, parsed.GetValue(wide)).WritePreview(target.Name, parsed.GetValue(devices)!, preview);
                }

                return preview.IsAllowed ? ExitStatus.Good : ExitStatus.Refused;
            },
            cancellationToken));
        return command;
    }
}
