using System.Runtime.Versioning;

namespace Nvdimm.Cli.Installation;

/// <summary>A file with a content of ours.</summary>
/// <param name="Path">Its path on the host.</param>
/// <param name="Content">What is in it.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="BelongsToAdministrator">Whether a changed one is kept instead of replaced.</param>
[UnsupportedOSPlatform("windows")]
internal sealed record InstalledFile(string Path, ReadOnlyMemory<byte> Content, UnixFileMode Mode, bool BelongsToAdministrator = false) : IInstalledItem
{
    private const string TemporaryEnd = ".nvdimm-new";

    /// <inheritdoc/>
    public InstallationPart Look(HookTree tree)
    {
        var path = tree.Below(Path);
        var file = new FileInfo(path);
        if (file.LinkTarget is not null || Directory.Exists(path))
        {
            return new InstallationPart(Path, PartState.Foreign, "It is no regular file.");
        }

        return !file.Exists ? new InstallationPart(Path, PartState.Missing) : Compare(file);
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
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
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

        return new InstallationPart(Path, found.State == PartState.Missing ? PartState.Installed : PartState.Updated);
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

    private InstallationPart Compare(FileInfo file)
    {
        if (file.Length != Content.Length || !File.ReadAllBytes(file.FullName).AsSpan().SequenceEqual(Content.Span))
        {
            return BelongsToAdministrator
                ? new InstallationPart(Path, PartState.Kept, "It was changed on this host.")
                : new InstallationPart(Path, PartState.Differs, "It is another version.");
        }

        return file.UnixFileMode == Mode || BelongsToAdministrator
            ? new InstallationPart(Path, PartState.Present)
            : new InstallationPart(Path, PartState.Differs, "Its permissions are others.");
    }
}
