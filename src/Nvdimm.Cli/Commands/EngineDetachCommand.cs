using System.CommandLine;
using Nvdimm.Cli.Engines;
using Nvdimm.Cli.Output;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine detach</c>: detaches NVDIMM devices from a VM.</summary>
internal static class EngineDetachCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var (engine, asJson) = (new EngineOptions(), Options.AsJson());
        var (vm, devices) = (EngineArguments.Vm(), EngineArguments.Devices("The devices."));
        var command = engine.Command("detach", "Detaches devices from a VM, where neither our rules nor the engine's refuse it.", vm, devices, asJson);
        command.SetAction((parsed, cancellationToken) => engine.RunAsync(
            environment,
            parsed,
            async session =>
            {
                var found = await session.VmAsync(parsed.GetValue(vm)!, cancellationToken).ConfigureAwait(false);
                var change = await Progress.WaitAsync(
                    environment, "Asking the engine and the host", session.Manager.DetachAsync(found.Id, [.. parsed.GetValue(devices)!], cancellationToken), cancellationToken).ConfigureAwait(false);
                return EngineChangeOutput.Write(environment, change, "detached", parsed.GetValue(asJson));
            },
            cancellationToken));
        return command;
    }
}
