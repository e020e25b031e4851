using System.CommandLine;
using Nvdimm.Cli.Engines;
using Nvdimm.Cli.Output;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine attach</c>: attaches NVDIMM devices to a VM.</summary>
internal static class EngineAttachCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var (engine, asJson) = (new EngineOptions(), Options.AsJson());
        var (vm, devices) = (EngineArguments.Vm(), EngineArguments.Devices("The devices."));
        var command = engine.Command("attach", "Attaches devices to a VM, where neither our rules nor the engine's refuse it.", vm, devices, asJson);
        command.SetAction((parsed, cancellationToken) => engine.RunAsync(
            environment,
            parsed,
            async session =>
            {
                var found = await session.VmAsync(parsed.GetValue(vm)!, cancellationToken).ConfigureAwait(false);
                var change = await Progress.WaitAsync(
                    environment, "Asking the engine and the host", session.Manager.AttachAsync(found.Id, [.. parsed.GetValue(devices)!], cancellationToken), cancellationToken).ConfigureAwait(false);
                return EngineChangeOutput.Write(environment, change, "attached", parsed.GetValue(asJson));
            },
            cancellationToken));
        return command;
    }
}
