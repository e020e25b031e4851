using System.Collections;

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
