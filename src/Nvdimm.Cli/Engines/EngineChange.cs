using System.CommandLine;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Management;

namespace Nvdimm.Cli.Engines;

/// <summary>What attaching and detaching have in common: devices of one VM, asked for and then told of.</summary>
internal static class EngineChange
{
    /// <summary>The command that makes a change.</summary>
    /// <param name="environment">What is around the tool.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="description">What it does.</param>
    /// <param name="done">What became of the devices, in the output.</param>
    /// <param name="change">The change: of a VM's id and the devices' names.</param>
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
                    environment, await Progress.WaitAsync(environment, "Asking the engine and the host", work, cancellationToken).ConfigureAwait(false), done, parsed.GetValue(asJson));
            },
            cancellationToken));
        return command;
    }
}
