namespace Nvdimm.Extensions.TestSupport;

/// <summary>
/// A real file system in a file, mounted through a loop device. Needs root; where it cannot be had, the test ends as
/// <see cref="RealProgram.Unavailable"/> says.
/// </summary>
internal sealed class LoopMount : IDisposable
{
    private const long ImageSize = 400L << 20;

    private readonly TemporaryFolder folder = new();
    private bool isMounted;

    /// <param name="type">What follows <c>mkfs.</c>: <c>ext4</c> or <c>xfs</c>.</param>
    public LoopMount(string type)
    {
        RealProgram.Require($"mkfs.{type}", type == "xfs" ? "xfsprogs" : "e2fsprogs");
        using (var image = File.Create(Image))
        {
            image.SetLength(ImageSize);
        }

        Assert.That(RealProgram.Run($"mkfs.{type}", "-q", Image).ExitCode, Is.Zero);
        Directory.CreateDirectory(Path);
        Mount();
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => folder.PathOf("mount");

    private string Image => folder.PathOf("image");

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file whose every byte is allocated.</summary>
    public string WriteFile(string name, int size = 1 << 20)
    {
        File.WriteAllBytes(PathOf(name), new byte[size]);
        return PathOf(name);
    }

    public void Mount(params string[] options)
    {
        var (status, _, error) = RealProgram.Run("mount", "-o", string.Join(',', options.Prepend("loop")), Image, Path);
        isMounted = status == 0;
        if (!isMounted)
        {
            RealProgram.Unavailable($"A file system cannot be mounted here: {error}");
        }
    }

    public void Unmount()
    {
        Assert.That(RealProgram.Run("umount", Path).ExitCode, Is.Zero);
        isMounted = false;
    }

    public void Dispose()
    {
        if (isMounted)
        {
            Unmount();
        }

        folder.Dispose();
    }
}
