using System.CommandLine;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine</c>: what may be asked of an oVirt engine.</summary>
internal static class EngineCommand
{
    /// <summary>The command with its commands.</summary>
    public static Command Create(ToolEnvironment environment) => new("engine", "Asks an oVirt engine: its hosts, their NVDIMM devices, attaching and detaching, what it does not tell.")
    {
        EngineHostsCommand.Create(environment),
        EngineDevicesCommand.Create(environment),
        EnginePreviewCommand.Create(environment),
        EngineAttachCommand.Create(environment),
        EngineDetachCommand.Create(environment),
        EngineAuditCommand.Create(environment),
    };
}
