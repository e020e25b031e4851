using System.Runtime.Versioning;

namespace Nvdimm.Cli.Installation;

/// <summary>The link of one hook point to the hooks' program.</summary>
/// <param name="Path">Its path on the host.</param>
[UnsupportedOSPlatform("windows")]
internal sealed record InstalledLink(string Path) : IInstalledItem
{
    // Relative, so that it also holds in a folder that stands for a host.
    private string Target => System.IO.Path.GetRelativePath(System.IO.Path.GetDirectoryName(Path)!, HookTree.ProgramPath);

    /// <inheritdoc/>
    public InstallationPart Look(HookTree tree)
    {
        var link = new FileInfo(tree.Below(Path));
        return link.LinkTarget switch
        {
            { } target when target == Target || target == HookTree.ProgramPath => new InstallationPart(Path, PartState.Present),
            { } target => new InstallationPart(Path, PartState.Foreign, $"It links to {target}."),
            null when link.Exists || Directory.Exists(link.FullName) => new InstallationPart(Path, PartState.Foreign, "It is no link."),
            null => new InstallationPart(Path, PartState.Missing),
        };
    }

    /// <inheritdoc/>
    public InstallationPart Install(HookTree tree)
    {
        var found = Look(tree);
        if (found.State != PartState.Missing)
        {
            return found;
        }

        var path = tree.Below(Path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, Target);
        return new InstallationPart(Path, PartState.Installed);
    }

    /// <inheritdoc/>
    public InstallationPart Uninstall(HookTree tree)
    {
        var found = Look(tree);
        if (found.State != PartState.Present)
        {
            return found;
        }

        File.Delete(tree.Below(Path));
        return new InstallationPart(Path, PartState.Removed);
    }
}
