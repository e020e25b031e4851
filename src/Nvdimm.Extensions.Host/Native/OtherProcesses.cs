namespace Nvdimm.Extensions.Host.Native;

/// <summary>Whether the processes of others can be seen at all.</summary>
internal static class OtherProcesses
{
    /// <summary>
    /// Where <c>/proc</c> is mounted with <c>hidepid</c>, a process that runs looks as if it was gone. The first process is always there.
    /// </summary>
    /// <exception cref="IOException">They are hidden.</exception>
    public static void RequireVisible()
    {
        if (!Path.Exists("/proc/1"))
        {
            throw new IOException("/proc does not show the processes of other users (hidepid), so that nothing can be said of them");
        }
    }
}
