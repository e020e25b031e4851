using System.Runtime.Versioning;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Cli.Installation;

/// <summary>The link by which a caller finds the hooks' program.</summary>
/// <param name="Path">Its path on the host.</param>
/// <param name="Program">The program's.</param>
/// <param name="IsForVdsm">Whether VDSM's user has to get to it: libvirt's daemon is root.</param>
[UnsupportedOSPlatform("windows")]
internal sealed record InstalledLink(string Path, string Program, bool IsForVdsm) : IInstalledItem
{
    // Relative, so that it also holds in a folder that stands for a host.
    private string Target => System.IO.Path.GetRelativePath(System.IO.Path.GetDirectoryName(Path)!, Program);

    /// <inheritdoc/>
    public InstallationPart Look(HookTree tree)
    {
        var link = new FileInfo(tree.Below(Path));
        return link.LinkTarget switch
        {
            { } target when target == Target || target == Program => IsForVdsm && Passage.Obstacle(tree, Path, isListed: true) is { } closed
                ? new InstallationPart(Path, PartState.Differs, closed)
                : new InstallationPart(Path, PartState.Present),
            { } target => new InstallationPart(Path, PartState.Foreign, $"It links to {target}."),
            null when DurableFiles.IsThere(link.FullName) => new InstallationPart(Path, PartState.Foreign, "It is no link."),
            null => new InstallationPart(Path, PartState.Missing),
        };
    }

    /// <inheritdoc/>
    public InstallationPart Install(HookTree tree)
    {
        var found = Look(tree);
        if (found.State is not (PartState.Missing or PartState.Differs))
        {
            return found;
        }

        var path = tree.Below(Path);
        Passage.Open(tree, Path, IsForVdsm && IsAlone(System.IO.Path.GetDirectoryName(path)!), isListed: true);
        if (found.State == PartState.Missing)
        {
            File.CreateSymbolicLink(path, Target);
        }

        // What may not be mended is said.
        return Look(tree) is { State: not PartState.Present } still
            ? still
            : new InstallationPart(Path, found.State == PartState.Missing ? PartState.Installed : PartState.Updated);
    }

    /// <inheritdoc/>
    public InstallationPart Uninstall(HookTree tree)
    {
        var found = Look(tree);
        if (found.State is not (PartState.Present or PartState.Differs))
        {
            return found;
        }

        File.Delete(tree.Below(Path));
        return new InstallationPart(Path, PartState.Removed);
    }

    // A folder in which nobody else has anything was made for the link, or does not matter to anybody else.
    private static bool IsAlone(string folder) =>
        !Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).All(entry => System.IO.Path.GetFileName(entry) == HookTree.LinkName);
}
