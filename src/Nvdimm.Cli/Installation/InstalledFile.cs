using System.Runtime.Versioning;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Cli.Installation;

/// <summary>A file with content of ours.</summary>
/// <param name="Path">The path on the host.</param>
/// <param name="Content">The content of the file.</param>
/// <param name="Mode">The permissions of the file.</param>
/// <param name="IsForVdsm">Whether VDSM's user must reach the file; udev and systemd-tmpfiles, which read the rules, are root.</param>
/// <param name="BelongsToAdministrator">Whether a changed file and its mode are kept instead of replaced.</param>
/// <param name="Needs">
/// A program of another package without which the file has no effect; null if there is none. Not checked below another root.
/// </param>
[UnsupportedOSPlatform("windows")]
internal sealed record InstalledFile(
    string Path, ReadOnlyMemory<byte> Content, UnixFileMode Mode, bool IsForVdsm = false, bool BelongsToAdministrator = false,
    string? Needs = null) : IInstalledItem
{
    private const string TemporaryEnd = ".nvdimm-new";

    /// <inheritdoc/>
    public InstallationPart Look(HookTree tree)
    {
        var path = tree.Below(Path);
        var file = new FileInfo(path);
        if (SmallFile.LinkOrNull(path) is { Length: > 0 } || Directory.Exists(path))
        {
            return new InstallationPart(Path, PartState.Foreign, "It is no regular file.");
        }

        if (!file.Exists)
        {
            return new InstallationPart(Path, PartState.Missing);
        }

        return (Flaw(file) ?? WhyClosed(tree)) is { } detail
            ? new InstallationPart(Path, PartState.Differs, detail)
            : BelongsToAdministrator && !IsSame(file) ? Kept() : new InstallationPart(Path, PartState.Present);
    }

    /// <inheritdoc/>
    public InstallationPart Install(HookTree tree)
    {
        var before = Look(tree);
        if (before.State is not (PartState.Missing or PartState.Differs))
        {
            return before;
        }

        FolderAccess.Open(tree, Path, isOurs: HookTree.OwnFolders.Contains(System.IO.Path.GetDirectoryName(Path)!, StringComparer.Ordinal));
        var path = tree.Below(Path);
        if (before.State == PartState.Missing || Flaw(new FileInfo(path)) is not null)
        {
            Write(path);
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

        var path = tree.Below(Path);
        if (BelongsToAdministrator && !IsSame(new FileInfo(path)))
        {
            return Kept();
        }

        File.Delete(path);
        return new InstallationPart(Path, PartState.Removed);
    }

    private InstallationPart Kept() => new(Path, PartState.Kept, "It was changed on this host.");

    private void Write(string path)
    {
        var temporary = path + TemporaryEnd;
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, Content.Span, 0);
                File.SetUnixFileMode(file, Mode);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private bool IsSame(FileInfo file) =>
        file.Length == Content.Length && File.ReadAllBytes(file.FullName).AsSpan().SequenceEqual(Content.Span);

    /// <summary>What a reinstallation would repair; null if there is nothing to repair, or the file is the administrator's.</summary>
    private string? Flaw(FileInfo file) => BelongsToAdministrator
        ? null
        : !IsSame(file) ? "It is another version." : file.UnixFileMode != Mode ? "Its permissions are others." : null;

    private string? WhyClosed(HookTree tree) => Needs is not null && tree.IsThisHost && !File.Exists(Needs)
        ? $"It needs {Needs}, which is not installed."
        : !IsForVdsm
        ? null
        : FolderAccess.WhyClosed(tree, Path)
            ?? (FolderAccess.IsAllowed(tree, Path, Mode & (UnixFileMode.OtherRead | UnixFileMode.OtherExecute))
                ? null
                : $"The user {Accounts.User} may not read it.");
}
