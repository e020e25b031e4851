using System.CommandLine;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm layout</c>: the commands for the layout that each device was last used with.</summary>
internal static class LayoutCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment) => new(
        "layout",
        "Keeps and checks the layout that each device was last used with.\n"
        + "A record in the state folder and the labels on the device show the layout that the guest knows. "
        + "A start that would change it is refused.")
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
