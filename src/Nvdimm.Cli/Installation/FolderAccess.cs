using System.Runtime.Versioning;

namespace Nvdimm.Cli.Installation;

/// <summary>
/// Checks and opens the folders on the way to a part for VDSM's user. VDSM silently skips a script that it cannot reach, and the VM then
/// starts unchecked. So the folders get a fixed mode, whatever the umask of the installing user.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class FolderAccess
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Why VDSM's user cannot reach a path; null if it can, as far as the folders exist.</summary>
    /// <param name="tree">The host.</param>
    /// <param name="path">The path on the host.</param>
    /// <param name="isListed">Whether the last folder must also be readable, because VDSM lists its scripts.</param>
    public static string? WhyClosed(HookTree tree, string path, bool isListed = false)
    {
        var last = Path.GetDirectoryName(path);
        var closed = FoldersTo(path).TakeWhile(folder => Directory.Exists(tree.Below(folder))).FirstOrDefault(
            folder => !IsOpen(tree, folder, isListed && folder == last));
        return closed is null ? null : $"{closed} is closed to the user {Accounts.User}: chmod 755 opens it.";
    }

    /// <summary>Whether VDSM's user has an access right on a file; if that user does not exist, whether everybody has it.</summary>
    /// <param name="tree">The host.</param>
    /// <param name="path">The path on the host.</param>
    /// <param name="wanted">The access, as permission bits of others.</param>
    public static bool IsAllowed(HookTree tree, string path, UnixFileMode wanted) =>
        FileRights.Of(tree.Below(path)).Allow(Accounts.OfVdsm(tree), wanted);

    /// <summary>
    /// Creates the missing folders on the way to a path, and opens the last one if it is ours. Folders of others are not changed.
    /// </summary>
    public static void Open(HookTree tree, string path, bool isOurs = false, bool isListed = false)
    {
        foreach (var folder in FoldersTo(path).Select(tree.Below).Where(folder => !Directory.Exists(folder)))
        {
            MakeFolder(folder);
        }

        var last = Path.GetDirectoryName(path)!;
        if (isOurs && !IsOpen(tree, last, isListed))
        {
            OpenFolder(tree.Below(last));
        }
    }

    /// <summary>Creates a folder that everybody can list.</summary>
    public static void MakeFolder(string folder)
    {
        Directory.CreateDirectory(folder, Mode);
        OpenFolder(folder);
    }

    /// <summary>Sets the mode of a folder to that of the folders created here.</summary>
    public static void OpenFolder(string folder) => File.SetUnixFileMode(folder, Mode);

    private static bool IsOpen(HookTree tree, string folder, bool isListed) =>
        IsAllowed(tree, folder, isListed ? UnixFileMode.OtherRead | UnixFileMode.OtherExecute : UnixFileMode.OtherExecute);

    // From the root down, without the root itself: a folder that stands for a host may be private.
    private static IEnumerable<string> FoldersTo(string path)
    {
        for (var end = path.IndexOf('/', 1); end > 0; end = path.IndexOf('/', end + 1))
        {
            yield return path[..end];
        }
    }
}
