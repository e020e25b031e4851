using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Nvdimm.Cli.Installation;

/// <summary>A file's user and group by number. .NET has no call to set them.</summary>
internal readonly partial record struct FileOwner(uint User, uint Group)
{
    /// <summary>Changes the owner of a file to this user and group.</summary>
    /// <exception cref="IOException">The process lacks the right to do so.</exception>
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
