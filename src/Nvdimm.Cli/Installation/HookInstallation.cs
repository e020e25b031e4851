using System.Runtime.Versioning;
using Nvdimm.Extensions;

namespace Nvdimm.Cli.Installation;

/// <summary>The parts of the hooks on a host, in the order in which they are installed and removed.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HookInstallation
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly HookTree tree;
    private readonly ValueList<IInstalledItem> items;

    /// <summary>Describes the installation of a program.</summary>
    /// <param name="tree">The host.</param>
    /// <param name="caller">The program that runs the hooks.</param>
    /// <param name="program">The content of the hooks' program.</param>
    public HookInstallation(HookTree tree, HookCaller caller, ReadOnlyMemory<byte> program)
    {
        this.tree = tree;

        // The links come last, so that nobody runs a half-installed hook.
        items = caller == HookCaller.Vdsm
            ?
            [
                new InstalledFile(HookTree.ProgramPath, program, Executable, IsForVdsm: true),
                new InstalledFile(
                    HookTree.ConfigurationPath, Resources.Configuration, Readable, IsForVdsm: true, BelongsToAdministrator: true),
                new InstalledFile(HookTree.DeviceRulesPath, Resources.DeviceRules, Readable, Needs: HookTree.DeviceRulesProgram),
                new InstalledFile(HookTree.FolderRulesPath, Resources.FolderRules, Readable),
                .. HookTree.StateFolders.Select(path => new StateFolder(path, IsMarked: path == HookTree.StatePath, IsForVdsm: true)),
                .. tree.LinksOf(caller).Select(link => new InstalledLink(link, HookTree.ProgramPath, IsForVdsm: true)),
            ]
            :
            [
                // libvirt's daemon is root: it needs no rights on devices. Without a configuration file the defaults apply.
                new InstalledFile(HookTree.LibvirtProgramPath, program, Executable),
                new StateFolder(HookTree.StatePath, IsMarked: true, IsForVdsm: false),
                .. tree.LinksOf(caller).Select(link => new InstalledLink(link, HookTree.LibvirtProgramPath, IsForVdsm: false)),
            ];
    }

    /// <summary>Which parts are installed, missing or changed.</summary>
    public ValueList<InstallationPart> Status() => items.Select(item => item.Look(tree)).ToValueList();

    /// <summary>
    /// Installs every part that is missing or differs, and opens our own folders that are closed to VDSM's user. A second call changes
    /// nothing. If something foreign is in the place of a part, nothing at all is changed.
    /// </summary>
    public ValueList<InstallationPart> Install()
    {
        var parts = Status();
        return parts.Any(part => part.State == PartState.Foreign) ? parts : items.Select(item => item.Install(tree)).ToValueList();
    }

    /// <summary>Removes every part except the records, a changed configuration, and anything foreign in the place of a part.</summary>
    public ValueList<InstallationPart> Uninstall()
    {
        var removed = items.Reverse().Select(item => item.Uninstall(tree)).ToValueList();
        foreach (var path in HookTree.OwnFolders)
        {
            var folder = new DirectoryInfo(tree.Below(path));
            if (folder.Exists && !folder.EnumerateFileSystemInfos().Any())
            {
                folder.Delete();
            }
        }

        return removed;
    }
}
