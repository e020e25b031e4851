using System.Runtime.Versioning;

namespace Nvdimm.Cli.Installation;

/// <summary>A folder of the records. It is never removed: without the records no device is recognised again.</summary>
/// <param name="Path">Its path on the host.</param>
[UnsupportedOSPlatform("windows")]
internal sealed record StateFolder(string Path) : IInstalledItem
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <inheritdoc/>
    public InstallationPart Look(HookTree tree)
    {
        var path = tree.Below(Path);
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? new InstallationPart(Path, PartState.Foreign, "It is no folder.") : new InstallationPart(Path, PartState.Missing);
        }

        if (Accounts.OfVdsm(tree) is not { } owner)
        {
            return new InstallationPart(Path, PartState.Present, $"There is no user {Accounts.User} with the group {Accounts.Group} on this host.");
        }

        return FileOwner.Of(path).User == owner.User
            ? new InstallationPart(Path, PartState.Present)
            : new InstallationPart(Path, PartState.Differs, $"It does not belong to {Accounts.User}, so that hooks cannot write records.");
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
        if (found.State == PartState.Missing)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            Directory.CreateDirectory(path, Mode);
        }

        Accounts.OfVdsm(tree)?.Own(path);
        return new InstallationPart(Path, found.State == PartState.Missing ? PartState.Installed : PartState.Updated, Look(tree).Detail);
    }

    /// <inheritdoc/>
    public InstallationPart Uninstall(HookTree tree)
    {
        var found = Look(tree);
        return found.State is PartState.Missing or PartState.Foreign
            ? found
            : new InstallationPart(Path, PartState.Kept, "The records of the devices' layouts stay: without them no device is recognised again.");
    }
}
