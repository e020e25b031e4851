using System.CommandLine;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout</c>: with which layout was each device last used?</summary>
internal static class LayoutCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ToolEnvironment environment) => new("layout", "The layouts that devices were last used with: the ledger, and what the labels on the devices say.")
    {
        LayoutShowCommand.Create(environment),
        LayoutCheckCommand.Create(environment),
        LayoutRecordCommand.Create(environment),
        LayoutAcceptCommand.Create(environment),
        LayoutGiveCommand.Create(environment),
        LayoutShareCommand.Create(environment),
        LayoutForgetCommand.Create(environment),
        LayoutExportCommand.Create(environment),
        LayoutImportCommand.Create(environment),
        LayoutAdoptCommand.Create(environment),
    };
}
