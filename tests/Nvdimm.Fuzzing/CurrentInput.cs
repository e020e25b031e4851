using System.IO.MemoryMappedFiles;

namespace Nvdimm.Fuzzing;

/// <summary>
/// The input that is being read, in a file that is there even after the process has crashed; and the thread that ends the process where
/// one input takes too long.
/// </summary>
internal sealed class CurrentInput : IDisposable
{
    private const int MaximumLength = 1 << 20;
    private const int Magic = sizeof(long);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly string path;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly Timer timer;
    private long started;

    public CurrentInput(string path)
    {
        this.path = path;
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, mapName: null, MaximumLength + Magic);
        view = file.CreateViewAccessor();
        timer = new Timer(_ => Watch(), state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Begin(byte[] input)
    {
        view.Write(0, (long)input.Length);
        view.WriteArray(Magic, input, 0, input.Length);
        Volatile.Write(ref started, Environment.TickCount64);
    }

    /// <summary>Gives the input that the process of this file ended on; null where it ended in order.</summary>
    public static byte[]? Left(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        return bytes[Magic..(Magic + (int)BitConverter.ToInt64(bytes))];
    }

    public void Dispose()
    {
        timer.Dispose();
        view.Dispose();
        file.Dispose();
        File.Delete(path);
    }

    private void Watch()
    {
        var since = Volatile.Read(ref started);
        if (since != 0 && Environment.TickCount64 - since > Limit.TotalMilliseconds)
        {
            Console.Error.WriteLine($"an input takes more than {Limit.TotalSeconds} seconds: it is in {path}");
            Environment.FailFast("hang");
        }
    }
}
