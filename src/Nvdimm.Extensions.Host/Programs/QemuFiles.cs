using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Devices;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>
/// The files of a QEMU, as memory, as a disk or as anything else: those that its command line names, by what it calls them and by the storage behind
/// those names, since a device has as many names as there are links to it, and a disk can be a partition of it or a volume on it; and those that it
/// has open, under whatever name, which is all that shows a disk that was plugged into the running VM.
/// </summary>
internal sealed class QemuFiles
{
    private readonly HashSet<string> names;
    private readonly SharedStorage storage;
    private readonly HashSet<string> things = new(StringComparer.Ordinal);
    private readonly HashSet<string> layers = new(StringComparer.Ordinal);

    /// <param name="arguments">The command line.</param>
    /// <param name="open">Paths that lead to what it has open; their texts say nothing.</param>
    /// <param name="storage">Knows what lies on what.</param>
    public QemuFiles(IEnumerable<string> arguments, IEnumerable<string> open, SharedStorage storage)
    {
        this.storage = storage;
        names = arguments.SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        foreach (var found in names.Concat(open).Select(Layers).Where(found => found.Count > 0))
        {
            things.Add(found[0]);
            layers.UnionWith(found);
        }
    }

    /// <summary>Whether a file is one of them under whatever name, or one of them is on it, or it is on one of them.</summary>
    public bool Has(string path) =>
        names.Contains(path) || (things.Count > 0 && Layers(path) is [var thing, ..] own && (layers.Contains(thing) || own.Any(things.Contains)));

    /// <summary>The absolute paths that an argument names, whatever they are named for.</summary>
    internal static IEnumerable<string> NamesIn(string argument) => QemuArgumentPaths.In(argument).Select(found => found.Path);

    /// <summary>
    /// What is behind a name; empty where that cannot be seen, as huge pages in a folder of QEMU's own. Then its text is all that there is to
    /// compare: no VM may be kept from its device by what another one has elsewhere.
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
