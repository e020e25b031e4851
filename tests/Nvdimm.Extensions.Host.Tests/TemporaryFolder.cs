namespace Nvdimm.Extensions.Host.Tests;

/// <summary>A folder of the test's own, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nvdimm-").FullName;

    /// <summary>A sparse file of that size with bytes at some offsets, which stands for a device.</summary>
    public string Device(long size, params (long Offset, byte[] Bytes)[] parts)
    {
        var path = System.IO.Path.Combine(Path, "pmem0");
        using var file = File.Create(path);
        file.SetLength(size);
        foreach (var (offset, bytes) in parts)
        {
            file.Position = offset;
            file.Write(bytes);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
