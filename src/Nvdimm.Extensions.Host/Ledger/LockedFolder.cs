using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>Work in a folder of the state folder, one writer at a time.</summary>
internal static class LockedFolder
{
    /// <summary>Runs work under the lock, after removing the leftovers of killed writers.</summary>
    /// <exception cref="LayoutLedgerException">The lock cannot be taken, or the work fails.</exception>
    public static T Within<T>(string folder, TimeSpan timeout, Func<T> work)
    {
        try
        {
            return FolderUser.Do(folder, () => Locked(folder, timeout, work));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.WriteFailed, folder, failure.Message, failure);
        }
    }

    private static T Locked<T>(string folder, TimeSpan timeout, Func<T> work)
    {
        using var held = Take(folder, timeout);
        DurableFiles.RemoveLeftovers(folder);
        return work();
    }

    private static FolderLock Take(string folder, TimeSpan timeout)
    {
        try
        {
            return FolderLock.Take(folder, timeout);
        }
        catch (TimeoutException busy)
        {
            throw new LayoutLedgerException(LedgerFailure.Locked, FolderLock.PathOf(folder), busy.Message, busy.InnerException);
        }
    }
}
