using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Root's work in a folder of another user, done with the rights of that user. The owner of a folder can put a link, a pipe or another file in the
/// place of anything in it, at any moment. So root does nothing there that the owner could not do, and what root makes there belongs to the owner.
/// Any other user works with their own rights.
/// </summary>
/// <remarks>
/// The user and group ids for file access (<c>setfsuid(2)</c>, <c>setfsgid(2)</c>) and, by the system call itself, the supplementary groups are those of one
/// thread. While the id is not 0, the kernel takes the capabilities that pass over permissions from the thread (<c>capabilities(7)</c>, "Effect of
/// user ID changes on capabilities").
/// </remarks>
internal static partial class FolderUser
{
    private const uint Root = 0;

    /// <summary>No id: the call changes nothing and returns the one that holds.</summary>
    private const uint Unchanged = uint.MaxValue;

    /// <summary>The sticky bit: only the owner of an entry renames or removes it.</summary>
    private const int Sticky = 0x200;
    private const int OthersWrite = 0x2;
    private const int GroupWrites = 0x10;

    [ThreadStatic]
    private static bool isActing;

    /// <summary>Does work that stays on this thread, as the user of a folder.</summary>
    /// <param name="folder">The folder, which need not be there: then the nearest one above it counts.</param>
    /// <param name="work">The work. It starts no thread and does not wait for one.</param>
    /// <exception cref="IOException">The folder cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">
    /// Users that cannot be told apart can change a folder on the way, or the system does not let root work as another user.
    /// </exception>
    public static T Do<T>(string folder, Func<T> work)
    {
        if (isActing || !Environment.IsPrivilegedProcess || Find(folder) is not { User: not Root } user)
        {
            return work();
        }

        var groups = Groups();
        RequireGroups([], user, folder);
        Become(user, folder);
        isActing = true;
        try
        {
            return work();
        }
        finally
        {
            isActing = false;

            // Without its groups root may do no less: what was done is not to be told of as a failure for them.
            _ = SystemCall(NumberOfSetGroups(), groups.Length, groups);
            Become((Root, EffectiveGroup()), folder);
        }
    }

    /// <summary>The same for work without result.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="work">The work.</param>
    public static void Do(string folder, Action work) => Do(folder, () =>
    {
        work();
        return true;
    });

    /// <summary>
    /// The first user beside root on the way from the root to a folder, with the folder's group: who owns a folder has all below it in hand, whoever that belongs to.
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

            // A link of root leads where root wants.
            var owner = entry is { User: Root, IsLink: true } ? LinuxFile.OwnerOrNull(path, isFollowed: true) ?? entry : entry;
            if (owner.User != Root)
            {
                return (owner.User, owner.Group);
            }

            if (owner.IsFolder && (owner.Mode & Sticky) == 0 && ((owner.Mode & OthersWrite) != 0 || ((owner.Mode & GroupWrites) != 0 && owner.Group != Root)))
            {
                throw new UnauthorizedAccessException(
                    $"{path} belongs to root, but other users may change what is in it: root does not work there. 'chmod go-w {path}' closes it.");
            }

            if (end < 0)
            {
                return (Root, Root);
            }
        }
    }

    /// <summary>Sets the groups, for which a capability is needed that the id for files does not take away: it works in both directions.</summary>
    private static void RequireGroups(uint[] groups, (uint User, uint Group) user, string folder)
    {
        if (SystemCall(NumberOfSetGroups(), groups.Length, groups) != 0)
        {
            throw new UnauthorizedAccessException(
                $"root cannot work as the user {user.User} and the group {user.Group}, to whom {folder} belongs: "
                + $"{Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }
    }

    private static void Become((uint User, uint Group) user, string folder)
    {
        _ = SetFileGroup(user.Group);
        _ = SetFileUser(user.User);
        if (SetFileUser(Unchanged) != user.User || SetFileGroup(Unchanged) != user.Group)
        {
            throw new UnauthorizedAccessException($"root cannot work as the user {user.User} and the group {user.Group}, to whom {folder} belongs.");
        }
    }

    private static uint[] Groups()
    {
        var count = GetGroups(0, null);
        var groups = new uint[Math.Max(count, 0)];
        return count >= 0 && GetGroups(groups.Length, groups) == count ? groups : throw LinuxCalls.Failure("read the groups of this process");
    }

    /// <summary>The number of <c>setgroups</c> in Linux v6.1 (<c>arch/*/entry/syscalls</c>, <c>include/uapi/asm-generic/unistd.h</c>).</summary>
    private static nint NumberOfSetGroups() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 116,
        Architecture.Ppc64le => 81,
        Architecture.S390x => 206,
        _ => 159,
    };

    /// <summary>glibc's own function would change the groups of every thread.</summary>
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
