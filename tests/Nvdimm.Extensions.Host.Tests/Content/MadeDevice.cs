namespace Nvdimm.Extensions.Host.Tests.Content;

/// <summary>A sparse file for a program that makes a file system, in a folder that goes with it.</summary>
internal sealed class MadeDevice : IDisposable
{
    /// <param name="size">Its size in bytes.</param>
    public MadeDevice(long size) => Image = Folder.Device(size);

    public TemporaryFolder Folder { get; } = new();

    public string Image { get; }

    public void Dispose() => Folder.Dispose();
}
