using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nvdimm.Attack.Tests.Faults;

/// <summary>
/// What a command works on: folders, and places on devices. It can be put back as it was, and said in parts that can be compared: a part is a
/// file, a link or a place, with what is in it. Times, process ids and the like, which differ from run to run, are left out.
/// </summary>
internal sealed partial class AttackedFiles : IDisposable
{
    /// <summary>What a part is called that cannot be read as what it is.</summary>
    public const string Torn = "torn";

    /// <summary>A part that is a folder, which is no outcome: an empty one may stay.</summary>
    public const string Folder = "folder";

    /// <summary>A part that is a claim. It counts only while its holder lives, so that one of a killed run is no damage.</summary>
    public const string Claim = "a claim";

    /// <summary>The ends of the names of files that are being written: by the state folder, by the installation, and by the programs of the sweep's own tests.</summary>
    private static readonly string[] TemporaryEnds = [".nvdimm-tmp", ".nvdimm-new", ".tmp"];

    private readonly TemporaryFolder kept = new();
    private readonly ValueList<string> folders;
    private readonly ValueList<(string Path, byte[] Bytes, long Offset)> places;

    /// <summary>Keeps them as they are.</summary>
    /// <param name="folders">The folders.</param>
    /// <param name="places">Places on devices: path, offset and size.</param>
    public AttackedFiles(IEnumerable<string> folders, IEnumerable<(string Path, long Offset, int Size)> places)
    {
        this.folders = folders.ToValueList();
        this.places = places.Select(place => (place.Path, Read(place.Path, place.Offset, place.Size), place.Offset)).ToValueList();
        for (var number = 0; number < this.folders.Count; number++)
        {
            Copy(this.folders[number], Kept(number));
        }
    }

    /// <summary>Names of what a writer leaves if it is killed.</summary>
    public IEnumerable<string> Leftovers => Entries().Select(entry => entry.Path)
        .Where(path => Array.Exists(TemporaryEnds, end => path.EndsWith(end, StringComparison.Ordinal)) || IsPending(path));

    /// <summary>Puts everything back.</summary>
    public void PutBack()
    {
        for (var number = 0; number < folders.Count; number++)
        {
            if (Directory.Exists(folders[number]))
            {
                Directory.Delete(folders[number], recursive: true);
            }

            Copy(Kept(number), folders[number]);
        }

        foreach (var (path, bytes, offset) in places)
        {
            using var device = File.OpenWrite(path);
            device.Position = offset;
            device.Write(bytes);
        }
    }

    /// <summary>The parts as they are now, without locks and leftovers.</summary>
    public Dictionary<string, string> Parts()
    {
        var parts = Entries()
            .Where(entry => Path.GetFileName(entry.Path) != ".lock" && !Leftovers.Contains(entry.Path, StringComparer.Ordinal))
            .ToDictionary(entry => entry.Path, entry => entry.IsFolder ? Folder : ContentOf(entry.Path), StringComparer.Ordinal);
        foreach (var (path, record) in Entries().Where(entry => IsPending(entry.Path)).SelectMany(entry => RecordsIn(entry.Path)))
        {
            _ = parts.TryAdd(path, record);
        }

        foreach (var (path, bytes, offset) in places)
        {
            parts[$"{path} at {offset}"] = Convert.ToHexString(SHA256.HashData(Read(path, offset, bytes.Length)));
        }

        return parts;
    }

    public void Dispose() => kept.Dispose();

    private string Kept(int number) => kept.PathOf($"{number}");

    private IEnumerable<(string Path, bool IsFolder)> Entries() => folders.Where(Directory.Exists).SelectMany(folder => Directory
        .EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .Select(path => (path, (File.GetAttributes(path) & (FileAttributes.Directory | FileAttributes.ReparsePoint)) == FileAttributes.Directory)));

    private static bool IsPending(string path) => Path.GetFileName(path) == "import.pending";

    /// <summary>The records of an import that is not completed: they are part of the ledger as if each had its file.</summary>
    private static IEnumerable<(string Path, string Record)> RecordsIn(string path)
    {
        using var reader = new JsonTextReader(File.OpenText(path)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader)["records"]!.Cast<JObject>().Select(record => (
            Path.Combine(Path.GetDirectoryName(path)!, $"{(string)record["identity"]!}.json"),
            OfJson(record.ToString())));
    }

    private static string ContentOf(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
        {
            return path.EndsWith(".claim", StringComparison.Ordinal) ? Claim : $"link to {target}";
        }

        var bytes = File.ReadAllBytes(path);
        return path.EndsWith(".json", StringComparison.Ordinal) ? OfJson(Encoding.UTF8.GetString(bytes)) : Convert.ToHexString(SHA256.HashData(bytes));
    }

    private static string OfJson(string text)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
            return Times().Replace(JObject.Load(reader).ToString(Formatting.None), "TIME");
        }
        catch (JsonException)
        {
            return Torn;
        }
    }

    private static byte[] Read(string path, long offset, int size)
    {
        using var device = File.OpenRead(path);
        device.Position = offset;
        var bytes = new byte[size];
        device.ReadExactly(bytes);
        return bytes;
    }

    private static void Copy(string from, string to)
    {
        var (status, _, error) = RealProgram.Run("cp", "-a", "-T", from, to);
        Assert.That(status, Is.Zero, error);
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Times();
}
