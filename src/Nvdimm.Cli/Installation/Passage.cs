using System.Runtime.Versioning;

namespace Nvdimm.Cli.Installation;

/// <summary>
/// The way to a part, which has to be open for VDSM's user: a script that VDSM does not get to, it passes over without a word, and the VM
/// starts unchecked. So folders have their mode whatever the umask of who installs is.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class Passage
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>What VDSM's user may not do on the way to a path; null where the way is open as far as there is one.</summary>
    /// <param name="tree">The host.</param>
    /// <param name="path">The path on the host.</param>
    /// <param name="isListed">Whether the last folder is also listed, as VDSM does with its scripts.</param>
    public static string? Obstacle(HookTree tree, string path, bool isListed = false)
    {
        var last = Path.GetDirectoryName(path);
        var closed = FoldersTo(path).TakeWhile(folder => Directory.Exists(tree.Below(folder))).FirstOrDefault(folder => !IsOpen(tree, folder, isListed && folder == last));
        return closed is null ? null : $"{closed} is closed to the user {Accounts.User}: chmod 755 opens it.";
    }

    /// <summary>Whether VDSM's user may do something with what is at a path; where there is no such user, whether everybody may.</summary>
    /// <param name="tree">The host.</param>
    /// <param name="path">The path on the host.</param>
    /// <param name="wanted">What, as rights of others.</param>
    public static bool IsAllowed(HookTree tree, string path, UnixFileMode wanted) => FileRights.Of(tree.Below(path)).Allow(Accounts.OfVdsm(tree), wanted);

    /// <summary>Makes the folders that are missing on the way, and opens the last one where it is ours. Those of others stay as they are.</summary>
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

    /// <summary>Makes a folder that everybody may list.</summary>
    public static void MakeFolder(string folder)
    {
        Directory.CreateDirectory(folder, Mode);
        OpenFolder(folder);
    }

    /// <summary>Gives a folder the mode that those have which are made here.</summary>
    public static void OpenFolder(string folder) => File.SetUnixFileMode(folder, Mode);

    private static bool IsOpen(HookTree tree, string folder, bool isListed) =>
        IsAllowed(tree, folder, isListed ? UnixFileMode.OtherRead | UnixFileMode.OtherExecute : UnixFileMode.OtherExecute);

    // From the root down, without the root itself: a folder that stands for a host may be one's own.
    private static IEnumerable<string> FoldersTo(string path)
    {
        for (var end = path.IndexOf('/', 1); end > 0; end = path.IndexOf('/', end + 1))
        {
            yield return path[..end];
        }
    }
}
