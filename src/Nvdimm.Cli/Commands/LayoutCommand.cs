using System.CommandLine;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout</c>: with which layout was each device last used?</summary>
internal static class LayoutCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ToolEnvironment environment) => new(
        "layout",
        "Keeps and checks the layout that each device was last used with.\n"
        + "A record in the state folder and the labels on the device show the layout that the guest knows. A start that would change it is refused.")
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
        LayoutAllowRestoreCommand.Create(environment),
    };
}
