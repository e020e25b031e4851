using System.Runtime.Versioning;
using Nvdimm.Extensions.Host.Native;
using LedgerFolder = Nvdimm.Extensions.Host.Ledger.StateFolder;

namespace Nvdimm.Cli.Installation;

/// <summary>A folder for records. It is never removed, because without the records no device is recognised again.</summary>
/// <param name="Path">The path on the host.</param>
/// <param name="IsMarked">
/// Whether the folder has a marker that names its host. True for the state folder, false for the folders inside it.
/// </param>
/// <param name="IsForVdsm">Whether VDSM's user must write to the folder; libvirt's daemon is root, and can always write.</param>
[UnsupportedOSPlatform("windows")]
internal sealed record StateFolder(string Path, bool IsMarked, bool IsForVdsm) : IInstalledItem
{
    private const UnixFileMode Everything = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <inheritdoc/>
    public InstallationPart Look(HookTree tree)
    {
        var path = tree.Below(Path);
        if (!Directory.Exists(path))
        {
            return File.Exists(path)
                ? new InstallationPart(Path, PartState.Foreign, "It is no folder.")
                : new InstallationPart(Path, PartState.Missing);
        }

        if (!IsForVdsm)
        {
            return Unmarked(tree, path) ?? new InstallationPart(Path, PartState.Present, MarkerAdvice(tree));
        }

        if (FolderAccess.WhyClosed(tree, Path) is { } closed)
        {
            return new InstallationPart(Path, PartState.Differs, closed);
        }

        if (Accounts.OfVdsm(tree) is not { } owner)
        {
            return Unmarked(tree, path)
                ?? new InstallationPart(
                    Path, PartState.Present,
                    $"There is no user {Accounts.User} with the group {Accounts.Group} on this host. {MarkerAdvice(tree)}".TrimEnd());
        }

        if (Unmarked(tree, path) is { } unmarked)
        {
            return unmarked;
        }

        var rights = FileRights.Of(path);
        if (rights.Owner.User == owner.User && !rights.Allow(owner, Everything))
        {
            return new InstallationPart(
                Path, PartState.Differs, $"{Accounts.User} may not write in it, so that hooks cannot write records.");
        }

        return rights.Owner.User == owner.User
            ? new InstallationPart(Path, PartState.Present, MarkerAdvice(tree))
            : new InstallationPart(Path, PartState.Differs, $"It does not belong to {Accounts.User}, so that hooks cannot write records.");
    }

    /// <inheritdoc/>
    public InstallationPart Install(HookTree tree)
    {
        var before = Look(tree);
        if (before.State is not (PartState.Missing or PartState.Differs))
        {
            return before;
        }

        var path = tree.Below(Path);
        FolderAccess.Open(tree, Path);
        if (IsMarked)
        {
            InstallFolder(tree, path, isMissing: before.State == PartState.Missing);
        }
        else
        {
            InstallPart(tree, path);
        }

        // Look again, to report what we lack the rights to repair, such as a folder behind a link.
        var after = Look(tree);
        return after.State == PartState.Present
            ? after with { State = before.State == PartState.Missing ? PartState.Installed : PartState.Updated }
            : after;
    }

    /// <summary>Creates or repairs the state folder itself. The folders above it belong to root.</summary>
    private static void InstallFolder(HookTree tree, string path, bool isMissing)
    {
        if (isMissing)
        {
            FolderAccess.MakeFolder(path);
        }

        LedgerFolder.Make(path, MachineId.Of(tree.Root));
        if (Accounts.OfVdsm(tree) is { } owner)
        {
            owner.Own(path);
            if (!FileRights.Of(path).Allow(owner, Everything) && SmallFile.LinkOrNull(path) is { Length: 0 })
            {
                FolderAccess.OpenFolder(path);
            }
        }
    }

    /// <summary>
    /// Creates or repairs a folder inside the state folder. VDSM's user can swap it for something else at any moment, so root works there
    /// only with that user's rights.
    /// </summary>
    private static void InstallPart(HookTree tree, string path)
    {
        if (Accounts.OfVdsm(tree) is { } owner && Directory.Exists(path))
        {
            owner.Own(path);
        }

        LedgerFolder.MakePart(path);
    }

    /// <inheritdoc/>
    public InstallationPart Uninstall(HookTree tree)
    {
        var before = Look(tree);
        return before.State is PartState.Missing or PartState.Foreign
            ? before
            : new InstallationPart(
                Path, PartState.Kept, "The records of the devices' layouts stay: without them no device is recognised again.");
    }

    /// <summary>Advice about the marker for a root that has no machine id yet; empty if it has one.</summary>
    private string MarkerAdvice(HookTree tree) => IsMarked && !MachineId.IsIn(tree.Root)
        ? "The root has no machine id yet. Run 'nvdimm layout adopt' after its first boot."
        : "";

    private InstallationPart? Unmarked(HookTree tree, string path) => IsMarked && !LedgerFolder.IsMarked(path, MachineId.Of(tree.Root))
        ? new InstallationPart(
            Path, PartState.Differs, "It has no marker of this host. If its records were lost, restore them from a backup first.")
        : null;
}
