using System.Text;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// An import is there at once, however many records it has: all of them are written as one file, whose name makes them part of the ledger. Then each gets a
/// file of its own, and the one file goes. If the importer is killed in between, the next writer does the rest; readers look into the one file until then.
/// </summary>
/// <param name="folder">The ledger's folder.</param>
internal sealed class PendingImport(string folder)
{
    /// <summary>Not the end of a record's name: what knows only records passes it over.</summary>
    private const string Name = "import.pending";

    private const int MaximumBytes = 256 << 20;

    private string Path => System.IO.Path.Combine(folder, Name);

    /// <summary>The records that may have no file of their own yet.</summary>
    /// <exception cref="LayoutLedgerException">The file is there and cannot be read.</exception>
    public ValueList<LayoutRecord> Records()
    {
        try
        {
            return RecordFiles.BytesOrNull(Path, MaximumBytes) is { } bytes ? RecordReader.ReadAll(bytes) : [];
        }
        catch (Exception failure) when (failure is RejectedJsonException or IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.ReadFailed, Path, $"{Path}: {failure.Message}", failure);
        }
    }

    /// <summary>Makes records, none of which has a file, part of the ledger: all, or none if that fails. The caller holds the folder's lock.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be written.</exception>
    public void Begin(ValueList<LayoutRecord> records)
    {
        var bytes = Encoding.UTF8.GetBytes(RecordWriter.WriteAll(records));
        DurableFiles.Write(Path, bytes.Length <= MaximumBytes ? bytes : throw new IOException($"the records have more than {MaximumBytes} bytes"));
    }

    /// <summary>Takes back what <see cref="Begin"/> has done. The caller holds the folder's lock.</summary>
    public void Undo() => DurableFiles.Remove(Path);

    /// <summary>Gives each record its file, if an import has begun. The caller holds the folder's lock.</summary>
    /// <exception cref="LayoutLedgerException">The file is there and cannot be read.</exception>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be written.</exception>
    public void Complete()
    {
        var records = Records();
        if (records.Count == 0)
        {
            return;
        }

        // What was there before is the same, and what a writer of an earlier version has put there since is newer.
        var files = records.Select(record => (Name: RecordFiles.NameOf(record.Identity, record.Host), Record: record))
            .Where(file => !DurableFiles.IsThere(System.IO.Path.Combine(folder, file.Name)))
            .Select(file => (file.Name, RecordWriter.Write(file.Record)));
        DurableFiles.AddAll(folder, files);
        DurableFiles.Remove(Path);
    }
}
