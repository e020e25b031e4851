using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>Replaces the program of this process.</summary>
internal static partial class ProcessImage
{
    /// <summary>
    /// Runs another program in this process: it keeps the process id, the open standard streams and the environment. Does not return.
    /// </summary>
    /// <param name="program">The path of the program.</param>
    /// <param name="arguments">Its arguments, without its name.</param>
    /// <exception cref="IOException">The program cannot be run; this process goes on.</exception>
    public static int Replace(string program, IReadOnlyList<string> arguments)
    {
        string?[] all = [program, .. arguments, null];
        _ = Execute(program, all);
        throw new IOException($"{program} cannot be run: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(string path, string?[] arguments);
}
