using System.IO.MemoryMappedFiles;

namespace Nvdimm.Fuzzing;

/// <summary>
/// The input that is being read, in a file that is there even after the process has crashed; and the thread that ends the process where
/// one input takes too long.
/// </summary>
internal sealed class CurrentInput : IDisposable
{
    private const string Begins = "current-";
    private const int MaximumLength = 1 << 20;
    private const int Header = sizeof(long);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly string path;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly Timer timer;
    private long started;

    /// <param name="folder">Where the file goes; it has the number of the process in its name.</param>
    public CurrentInput(string folder)
    {
        path = Path.Combine(folder, $"{Begins}{Environment.ProcessId}");
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, mapName: null, MaximumLength + Header);
        view = file.CreateViewAccessor();
        timer = new Timer(_ => Watch(), state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Begin(byte[] input)
    {
        view.Write(0, (long)input.Length);
        view.WriteArray(Header, input, 0, input.Length);
        Volatile.Write(ref started, Environment.TickCount64);
    }

    /// <summary>Takes the inputs that processes have crashed on.</summary>
    public static IReadOnlyList<byte[]> Left(string folder)
    {
        var inputs = new List<byte[]>();
        foreach (var left in Directory.EnumerateFiles(folder, $"{Begins}*").Where(left => !Directory.Exists($"/proc/{Path.GetFileName(left)[Begins.Length..]}")))
        {
            var bytes = File.ReadAllBytes(left);
            inputs.Add(bytes[Header..(Header + (int)BitConverter.ToInt64(bytes))]);
            File.Delete(left);
        }

        return inputs;
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
