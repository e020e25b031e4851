using System.Runtime.InteropServices;
using System.Text;

namespace Nvdimm.Hook.Output;

/// <summary>
/// The journal's native protocol: one datagram of <c>KEY=value</c> lines (systemd, <c>docs/JOURNAL_NATIVE_PROTOCOL.md</c>).
/// </summary>
internal static partial class Journal
{
    private const int UnixFamily = 1;
    private const int DatagramCloseOnExec = 2 | 0x80000;
    private const int DoNotWaitNoSignal = 0x40 | 0x4000;
    private const int Error = 3;
    private const int Warning = 4;

    /// <summary>The path of the journal's socket.</summary>
    public const string Socket = "/run/systemd/journal/socket";

    /// <summary>Sends a line. If nobody listens or the journal is full, the line is still on standard error.</summary>
    /// <returns>Whether it was sent.</returns>
    public static bool Send(string socket, string line, string point, bool isError)
    {
        var path = Encoding.UTF8.GetBytes(socket);
        if (path.Length > 107 || !File.Exists(socket))
        {
            return false;
        }

        var descriptor = OpenSocket(UnixFamily, DatagramCloseOnExec, 0);
        if (descriptor < 0)
        {
            return false;
        }

        var address = new byte[path.Length + 3];
        address[0] = UnixFamily;
        path.CopyTo(address, 2);
        var message = Encoding.UTF8.GetBytes(
            $"MESSAGE={line}\nPRIORITY={(isError ? Error : Warning)}\nSYSLOG_IDENTIFIER={HookLine.Program}\nNVDIMM_HOOK_POINT={point}\n");
        var sent = SendTo(descriptor, message, (nuint)message.Length, DoNotWaitNoSignal, address, (uint)address.Length);
        _ = CloseSocket(descriptor);
        return sent == message.Length;
    }

    [LibraryImport("libc", EntryPoint = "socket")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenSocket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "sendto")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SendTo(int descriptor, byte[] buffer, nuint length, int flags, byte[] address, uint addressLength);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseSocket(int descriptor);
}
