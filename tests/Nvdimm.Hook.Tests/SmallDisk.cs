namespace Nvdimm.Hook.Tests;

/// <summary>A tmpfs of 64 KiB.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Mount(HookHost host)
    {
        var path = Directory.CreateDirectory(System.IO.Path.Combine(host.Root, "full")).FullName;
        var (status, _, error) = RealProgram.Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path);
        if (status != 0)
        {
            RealProgram.Unavailable($"A tmpfs cannot be mounted here: {error.Trim()}");
        }

        return new SmallDisk(path);
    }

    public void Fill()
    {
        using var file = new FileStream(System.IO.Path.Combine(Path, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        Assert.That(
            () =>
            {
                while (true)
                {
                    file.Write(new byte[1024]);
                }
            },
            Throws.InstanceOf<IOException>());
    }

    public void Dispose() => RealProgram.Run("umount", Path);
}
