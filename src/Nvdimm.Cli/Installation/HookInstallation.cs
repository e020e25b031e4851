using System.Runtime.Versioning;
using Nvdimm.Extensions;

namespace Nvdimm.Cli.Installation;

/// <summary>The hooks on a host: what belongs to them, and in which order it comes and goes.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HookInstallation
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly HookTree tree;
    private readonly ValueList<IInstalledItem> items;

    /// <summary>The installation of a program.</summary>
    /// <param name="tree">Where.</param>
    /// <param name="caller">Who runs it.</param>
    /// <param name="program">The content of the hooks' program.</param>
    public HookInstallation(HookTree tree, HookCaller caller, ReadOnlyMemory<byte> program)
    {
        this.tree = tree;

        // The links come last: nobody runs what is only half there.
        items = caller == HookCaller.Vdsm
            ?
            [
                new InstalledFile(HookTree.ProgramPath, program, Executable, IsForVdsm: true),
                new InstalledFile(HookTree.ConfigurationPath, Resources.Configuration, Readable, IsForVdsm: true, BelongsToAdministrator: true),
                new InstalledFile(HookTree.DeviceRulesPath, Resources.DeviceRules, Readable, Needs: HookTree.DeviceRulesProgram),
                new InstalledFile(HookTree.FolderRulesPath, Resources.FolderRules, Readable),
                .. HookTree.StateFolders.Select(path => new StateFolder(path, IsMarked: path == HookTree.StatePath, IsForVdsm: true)),
                .. tree.LinksOf(caller).Select(link => new InstalledLink(link, HookTree.ProgramPath, IsForVdsm: true)),
            ]
            :
            [
                // libvirt's daemon is root, which needs no rights on devices, and keeps /var. Without a configuration its defaults hold.
                new InstalledFile(HookTree.LibvirtProgramPath, program, Executable),
                new StateFolder(HookTree.StatePath, IsMarked: true, IsForVdsm: false),
                .. tree.LinksOf(caller).Select(link => new InstalledLink(link, HookTree.LibvirtProgramPath, IsForVdsm: false)),
            ];
    }

    /// <summary>How every part is there.</summary>
    public ValueList<InstallationPart> Status() => items.Select(item => item.Look(tree)).ToValueList();

    /// <summary>
    /// Puts every part there that is not, and opens folders of ours that are closed to VDSM; a second time changes nothing. Where something
    /// else is in the place of a part, nothing at all is changed.
    /// </summary>
    public ValueList<InstallationPart> Install()
    {
        var found = Status();
        return found.Any(part => part.State == PartState.Foreign) ? found : items.Select(item => item.Install(tree)).ToValueList();
    }

    /// <summary>Removes every part but the records, a changed configuration, and what somebody else has put in a part's place.</summary>
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
