using System.CommandLine;
using Nvdimm.Cli.Engines;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine attach</c>: attaches NVDIMM devices to a VM.</summary>
internal static class EngineAttachCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment) => EngineChange.Command(
        environment,
        "attach",
        "Attaches devices to a VM.\nChanges nothing if a rule of this tool or of the engine refuses it.",
        "attached",
        (manager, vm, devices, cancellationToken) => manager.AttachAsync(vm, devices, cancellationToken));
}
