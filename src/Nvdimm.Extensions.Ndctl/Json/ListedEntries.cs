using System.Collections;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// The entries of a listing or of an object in it, in pieces of one size. One large array would be a large object, for which the runtime
/// collects all of memory. Not safe for use by several threads.
/// </summary>
internal sealed class ListedEntries : IEnumerable<ListedEntry>
{
    private const int PieceLength = 1024;

    private readonly List<List<ListedEntry>> pieces = [[]];

    public int Count => ((pieces.Count - 1) * PieceLength) + pieces[^1].Count;

    public void Add(ListedEntry entry)
    {
        if (pieces[^1].Count == PieceLength)
        {
            pieces.Add(new List<ListedEntry>(PieceLength));
        }

        pieces[^1].Add(entry);
    }

    public IEnumerator<ListedEntry> GetEnumerator() => pieces.SelectMany(piece => piece).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>
/// One entry of a listing. A namespace is converted to a device as soon as it is read, so that nothing else of it stays in memory; a bus,
/// region or DIMM stays an object.
/// </summary>
internal readonly struct ListedEntry
{
    private readonly object item;

    public ListedEntry(NvdimmDevice device) => item = device;

    public ListedEntry(ListedObject listed) => item = listed;

    public NvdimmDevice? Device => item as NvdimmDevice;

    public ListedObject? Object => item as ListedObject;
}
