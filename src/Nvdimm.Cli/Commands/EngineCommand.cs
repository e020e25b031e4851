using System.CommandLine;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine</c>: the commands that talk to an oVirt engine.</summary>
internal static class EngineCommand
{
    /// <summary>Creates the command with its subcommands.</summary>
    public static Command Create(ToolEnvironment environment) => new(
        "engine", "Lists, attaches and audits NVDIMM devices through an oVirt engine.")
    {
        EngineHostsCommand.Create(environment),
        EngineDevicesCommand.Create(environment),
        EnginePreviewCommand.Create(environment),
        EngineAttachCommand.Create(environment),
        EngineDetachCommand.Create(environment),
        EngineAuditCommand.Create(environment),
        EngineServeCommand.Create(environment),
    };
}
