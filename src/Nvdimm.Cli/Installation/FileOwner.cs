using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Nvdimm.Cli.Installation;

/// <summary>A file's user and group by number, which .NET does not set.</summary>
internal readonly partial record struct FileOwner(uint User, uint Group)
{
    /// <summary>Gives a file to this user and group.</summary>
    /// <exception cref="IOException">That is not allowed.</exception>
    public void Own(string path)
    {
        if (ChangeOwner(path, User, Group) != 0)
        {
            throw new IOException($"Cannot change the owner of {path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
