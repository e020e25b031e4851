using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Devices;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>
/// The files that a QEMU uses, as memory, as a disk or as anything else. Files on its command line count by name and by the storage behind
/// the name, because a device has as many names as there are links to it, and a disk can be a partition of it or a volume on it. Open files
/// count under any name; only they show a disk that was plugged into the running VM.
/// </summary>
internal sealed class QemuFiles
{
    private readonly HashSet<string> names;
    private readonly SharedStorage storage;
    private readonly HashSet<string> things = new(StringComparer.Ordinal);
    private readonly HashSet<string> layers = new(StringComparer.Ordinal);

    /// <param name="arguments">The command line.</param>
    /// <param name="open">Paths that lead to the open files; their texts are not names.</param>
    /// <param name="storage">Tells which storage lies on which.</param>
    public QemuFiles(IEnumerable<string> arguments, IEnumerable<string> open, SharedStorage storage)
    {
        this.storage = storage;
        names = arguments.SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        foreach (var storageLayers in names.Concat(open).Select(Layers).Where(storageLayers => storageLayers.Count > 0))
        {
            things.Add(storageLayers[0]);
            layers.UnionWith(storageLayers);
        }
    }

    /// <summary>Whether QEMU uses a file: under any name, or a file on it, or a file below it.</summary>
    public bool Has(string path) =>
        names.Contains(path)
            || (things.Count > 0 && Layers(path) is [var thing, ..] below && (layers.Contains(thing) || below.Any(things.Contains)));

    /// <summary>The absolute paths in an argument, whatever they are for.</summary>
    internal static IEnumerable<string> NamesIn(string argument) => QemuArgumentPaths.In(argument).Select(path => path.Path);

    /// <summary>
    /// The storage behind a name; empty if it is not visible, as huge pages in QEMU's own folder. Then only the text can be compared: no VM
    /// may lose its device because of what another VM has in a place that we cannot see.
    /// </summary>
    private ValueList<string> Layers(string path)
    {
        try
        {
            return storage.Layers(path);
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
