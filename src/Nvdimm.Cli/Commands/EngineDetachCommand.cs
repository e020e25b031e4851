using System.CommandLine;
using Nvdimm.Cli.Engines;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine detach</c>: detaches NVDIMM devices from a VM.</summary>
internal static class EngineDetachCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment) => EngineChange.Command(
        environment,
        "detach",
        "Detaches devices from a VM.\nChanges nothing if a rule of this tool or of the engine refuses it.",
        "detached",
        (manager, vm, devices, cancellationToken) => manager.DetachAsync(vm, devices, cancellationToken));
}
