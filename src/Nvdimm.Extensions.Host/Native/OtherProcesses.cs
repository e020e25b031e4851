namespace Nvdimm.Extensions.Host.Native;

/// <summary>Checks whether the processes of other users are visible.</summary>
internal static class OtherProcesses
{
    /// <summary>
    /// Requires that processes are visible: if <c>/proc</c> is mounted with <c>hidepid</c>, a running process looks as if it had ended.
    /// Process 1 always exists, so its visibility tells.
    /// </summary>
    /// <exception cref="IOException">The processes are hidden.</exception>
    public static void RequireVisible()
    {
        if (!Path.Exists("/proc/1"))
        {
            throw new IOException("/proc does not show the processes of other users (hidepid), so that nothing can be said of them");
        }
    }
}
