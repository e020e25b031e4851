using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Runs root's work in another user's folder with the rights of that user. The owner of a folder can replace anything in it by a link, a
/// pipe or another file, at any moment. So root does nothing there that the owner could not do, and files that root creates there belong to
/// the owner. Any other user works with their own rights.
/// </summary>
/// <remarks>
/// The user and group ids for file access (<c>setfsuid(2)</c>, <c>setfsgid(2)</c>) are those of one thread; so are the supplementary groups
/// if they are set by the system call itself. While the id is not 0, the kernel takes from the thread the capabilities that bypass
/// permissions (<c>capabilities(7)</c>, "Effect of user ID changes on capabilities").
/// </remarks>
internal static partial class FolderUser
{
    private const uint Root = 0;

    /// <summary>Not a valid id: the call changes nothing and returns the present id.</summary>
    private const uint Unchanged = uint.MaxValue;

    /// <summary>The sticky bit: only the owner of an entry can rename or remove it.</summary>
    private const int Sticky = 0x200;
    private const int OthersWrite = 0x2;
    private const int GroupWrites = 0x10;

    [ThreadStatic]
    private static bool isActing;

    /// <summary>Runs work as the user of a folder. The work must stay on this thread.</summary>
    /// <param name="folder">The folder. If it does not exist, the nearest existing folder above it counts.</param>
    /// <param name="work">The work. It must not start a thread or wait for one.</param>
    /// <exception cref="IOException">The folder cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">
    /// Other users than root can change a folder on the way and it is unclear who, or the system does not let root work as another user.
    /// </exception>
    public static T Do<T>(string folder, Func<T> work)
    {
        if (isActing || !Environment.IsPrivilegedProcess || Find(folder) is not { User: not Root } user)
        {
            return work();
        }

        var groups = Groups();
        RequireGroups([], user, folder);
        SwitchTo(user, folder);
        isActing = true;
        try
        {
            return work();
        }
        finally
        {
            isActing = false;

            // A failure only leaves root without its groups, which does not restrict root: it must not turn finished work into a failure.
            _ = SystemCall(NumberOfSetGroups(), groups.Length, groups);
            SwitchTo((Root, EffectiveGroup()), folder);
        }
    }

    /// <summary>As above for work without a result.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="work">The work.</param>
    public static void Do(string folder, Action work) => Do(folder, () =>
    {
        work();
        return true;
    });

    /// <summary>
    /// The first user other than root on the way from the root to a folder, with the folder's group: the owner of a folder controls
    /// everything below it, whoever owns that.
    /// </summary>
    private static (uint User, uint Group) Find(string folder)
    {
        var full = Path.GetFullPath(folder);
        for (var end = full.IndexOf('/', 1); ; end = full.IndexOf('/', end + 1))
        {
            var path = end < 0 ? full : full[..end];
            if (LinuxFile.OwnerOrNull(path, isFollowed: false) is not { } entry)
            {
                return (Root, Root);
            }

            // A link that belongs to root leads where root wants it to.
            var owner = entry is { User: Root, IsLink: true } ? LinuxFile.OwnerOrNull(path, isFollowed: true) ?? entry : entry;
            if (owner.User != Root)
            {
                return (owner.User, owner.Group);
            }

            if (owner.IsFolder && (owner.Mode & Sticky) == 0
                && ((owner.Mode & OthersWrite) != 0 || ((owner.Mode & GroupWrites) != 0 && owner.Group != Root)))
            {
                throw new UnauthorizedAccessException(
                    $"{path} belongs to root, but other users may change what is in it: root does not work there. "
                    + $"'chmod go-w {path}' closes it.");
            }

            if (end < 0)
            {
                return (Root, Root);
            }
        }
    }

    /// <summary>
    /// Sets the supplementary groups. The needed capability does not depend on the id for file access, so this works in both directions.
    /// </summary>
    private static void RequireGroups(uint[] groups, (uint User, uint Group) user, string folder)
    {
        if (SystemCall(NumberOfSetGroups(), groups.Length, groups) != 0)
        {
            throw new UnauthorizedAccessException(
                $"root cannot work as the user {user.User} and the group {user.Group}, to whom {folder} belongs: "
                + $"{Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }
    }

    private static void SwitchTo((uint User, uint Group) user, string folder)
    {
        _ = SetFileGroup(user.Group);
        _ = SetFileUser(user.User);
        if (SetFileUser(Unchanged) != user.User || SetFileGroup(Unchanged) != user.Group)
        {
            throw new UnauthorizedAccessException(
                $"root cannot work as the user {user.User} and the group {user.Group}, to whom {folder} belongs.");
        }
    }

    private static uint[] Groups()
    {
        var count = GetGroups(0, null);
        var groups = new uint[Math.Max(count, 0)];
        return count >= 0 && GetGroups(groups.Length, groups) == count
            ? groups
            : throw LinuxCalls.Failure("read the groups of this process");
    }

    /// <summary>
    /// The system call number of <c>setgroups</c> (Linux v6.1 <c>arch/*/entry/syscalls</c>, <c>include/uapi/asm-generic/unistd.h</c>).
    /// </summary>
    private static nint NumberOfSetGroups() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 116,
        Architecture.Ppc64le => 81,
        Architecture.S390x => 206,
        _ => 159,
    };

    /// <summary>The system call itself: glibc's function would change the groups of every thread.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SystemCall(nint number, nint count, uint[] groups);

    [LibraryImport("libc", EntryPoint = "getgroups", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetGroups(int size, uint[]? groups);

    [LibraryImport("libc", EntryPoint = "getegid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveGroup();

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SetFileUser(uint user);

    [LibraryImport("libc", EntryPoint = "setfsgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SetFileGroup(uint group);
}
