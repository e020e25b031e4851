using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Management;

namespace Nvdimm.Cli.Engines;

/// <summary>The common part of <c>attach</c> and <c>detach</c>: changes devices of one VM and reports the outcome.</summary>
internal static class EngineChange
{
    /// <summary>Creates the command for a change.</summary>
    /// <param name="environment">The tool's environment.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="description">The command's description.</param>
    /// <param name="done">The word for changed devices in the output.</param>
    /// <param name="change">Makes the change, from the VM's id and the devices' names.</param>
    public static Command Command(
        ToolEnvironment environment,
        string name,
        string description,
        string done,
        Func<HostDeviceManager, string, ValueList<string>, CancellationToken, Task<HostDeviceChange>> change)
    {
        var (engine, asJson) = (new EngineOptions(), Options.AsJson());
        var (vm, devices) = (EngineArguments.Vm(), EngineArguments.Devices("The devices:"));
        var command = engine.Command(name, description, vm, devices, asJson);
        command.SetAction((parsed, cancellationToken) => engine.RunAsync(
            environment,
            parsed,
            async session =>
            {
                var id = await session.VmIdAsync(parsed.GetValue(vm)!, cancellationToken).ConfigureAwait(false);
                var work = change(session.Manager, id, [.. parsed.GetValue(devices)!], cancellationToken);
                return EngineChangeOutput.Write(
                    environment, await Progress.WaitAsync(environment, "Asking the engine and the host", work, cancellationToken)
                        .ConfigureAwait(false), done, parsed.GetValue(asJson));
            },
            cancellationToken));
        return command;
    }
}
