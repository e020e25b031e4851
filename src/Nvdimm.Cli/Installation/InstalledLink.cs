using System.Runtime.Versioning;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Cli.Installation;

/// <summary>The symbolic link through which a caller finds the hooks' program.</summary>
/// <param name="Path">The path on the host.</param>
/// <param name="Program">The path of the program.</param>
/// <param name="IsForVdsm">Whether VDSM's user must reach the link; libvirt's daemon is root.</param>
[UnsupportedOSPlatform("windows")]
internal sealed record InstalledLink(string Path, string Program, bool IsForVdsm) : IInstalledItem
{
    // Relative, so that the link is also valid below another root.
    private string Target => System.IO.Path.GetRelativePath(System.IO.Path.GetDirectoryName(Path)!, Program);

    /// <inheritdoc/>
    public InstallationPart Look(HookTree tree) => SmallFile.LinkOrNull(tree.Below(Path)) switch
    {
        null => new InstallationPart(Path, PartState.Missing),
        "" => new InstallationPart(Path, PartState.Foreign, "It is no link."),
        var target when target == Target || target == Program =>
            IsForVdsm && FolderAccess.WhyClosed(tree, Path, isListed: true) is { } closed
            ? new InstallationPart(Path, PartState.Differs, closed)
            : new InstallationPart(Path, PartState.Present),
        var target => new InstallationPart(Path, PartState.Foreign, $"It links to {target}."),
    };

    /// <inheritdoc/>
    public InstallationPart Install(HookTree tree)
    {
        var before = Look(tree);
        if (before.State is not (PartState.Missing or PartState.Differs))
        {
            return before;
        }

        var path = tree.Below(Path);
        FolderAccess.Open(tree, Path, IsForVdsm && IsAlone(System.IO.Path.GetDirectoryName(path)!), isListed: true);
        if (before.State == PartState.Missing)
        {
            File.CreateSymbolicLink(path, Target);
        }

        // Look again, to report what we lack the rights to repair.
        return Look(tree) is { State: not PartState.Present } after
            ? after
            : new InstallationPart(Path, before.State == PartState.Missing ? PartState.Installed : PartState.Updated);
    }

    /// <inheritdoc/>
    public InstallationPart Uninstall(HookTree tree)
    {
        var before = Look(tree);
        if (before.State is not (PartState.Present or PartState.Differs))
        {
            return before;
        }

        File.Delete(tree.Below(Path));
        return new InstallationPart(Path, PartState.Removed);
    }

    // A folder with no other entries was created for the link, or nobody else needs it.
    private static bool IsAlone(string folder) =>
        !Directory.Exists(folder)
            || Directory.EnumerateFileSystemEntries(folder).All(entry => System.IO.Path.GetFileName(entry) == HookTree.LinkName);
}
