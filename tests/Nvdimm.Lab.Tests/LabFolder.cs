using System.Formats.Tar;
using System.Text;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// The files of one guest, which QEMU can use as whatever user it runs: sparse files that stand for devices, kernel and initrd, the disk
/// over which work goes in and results come back, the console.
/// </summary>
internal sealed class LabFolder : IDisposable
{
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly ByteSize DiskSize = ByteSize.FromMiB(32);

    private readonly TemporaryFolder folder = new();

    public LabFolder(LabGuest? guest = null)
    {
        Guest = guest ?? LabGuest.X86;
        const UnixFileMode enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(folder.Path, Everybody | enter);
        Kernel = Copy(Guest.Kernel);
        Initrd = Copy(Guest.Initrd);
        Firmware = Guest.Firmware is { } firmware ? Copy(firmware) : null;
        Variables = Guest.Variables is { } variables ? Copy(variables) : null;
        Disk = Sparse("lab.img", DiskSize);
        Console = Sparse("console", ByteSize.Zero);
    }

    /// <summary>A name that no other folder has.</summary>
    public string Name => Path.GetFileName(folder.Path);

    /// <summary>The guest that the kernel and the initrd are of.</summary>
    public LabGuest Guest { get; }

    public string Kernel { get; }

    public string Initrd { get; }

    /// <summary>The firmware; null if the machine has its own.</summary>
    public string? Firmware { get; }

    /// <summary>The firmware's variables, which a guest may write; null if the machine has none.</summary>
    public string? Variables { get; }

    public string Disk { get; }

    public string Console { get; }

    /// <summary>What the guest has printed so far.</summary>
    public string ConsoleText
    {
        get
        {
            using var stream = new FileStream(Console, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }
    }

    public string PathOf(string name) => folder.PathOf(name);

    /// <summary>A sparse file of that size, empty where there was another of the name.</summary>
    public string Sparse(string name, ByteSize size)
    {
        var path = folder.PathOf(name);
        using (var file = File.Create(path))
        {
            file.SetLength(size.Bytes);
        }

        Open(path);
        return path;
    }

    /// <summary>Lets everybody read and write a file, as whatever user QEMU runs.</summary>
    public static void Open(string path) => File.SetUnixFileMode(path, Everybody);

    /// <summary>Puts a shell script on the disk for the next boot, and forgets the console of the last one.</summary>
    public void Prepare(string script)
    {
        Sparse("console", ByteSize.Zero);
        using var disk = File.OpenWrite(Disk);
        using var tar = new TarWriter(disk, TarEntryFormat.Ustar, leaveOpen: true);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(script));
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "run") { DataStream = content });
    }

    /// <summary>What the guest has left on the disk. Its script must have succeeded.</summary>
    public GuestResult Result()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using (var disk = File.OpenRead(Disk))
        using (var tar = new TarReader(disk))
        {
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is { } data)
                {
                    using var content = new MemoryStream();
                    data.CopyTo(content);
                    files[entry.Name.TrimStart('.', '/')] = content.ToArray();
                }
                else if (entry.EntryType == TarEntryType.RegularFile)
                {
                    files[entry.Name.TrimStart('.', '/')] = [];
                }
            }
        }

        Assert.That(files, Does.ContainKey("status"), $"the guest did not get to its end:\n{ConsoleText}");
        var result = new GuestResult(files);
        Assert.That(result.Text("status"), Is.EqualTo("0"), $"{result.Text("log")}\n{ConsoleText}");
        return result;
    }

    public void Dispose() => folder.Dispose();

    private string Copy(string source)
    {
        var path = folder.PathOf(Path.GetFileName(source));
        File.Copy(source, path);
        Open(path);
        return path;
    }
}
