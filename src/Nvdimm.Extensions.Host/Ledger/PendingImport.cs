using System.Text;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// An import becomes visible at once, however many records it has: all of them are written as one file, whose name makes them part of the
/// ledger. Then each record gets its own file, and the one file is deleted. If the importer is killed in between, the next writer completes
/// the import; until then readers also read the one file.
/// </summary>
/// <param name="folder">The ledger's folder.</param>
internal sealed class PendingImport(string folder)
{
    /// <summary>The file's name. It does not end like a record's, so that code that only knows records skips it.</summary>
    private const string Name = "import.pending";

    private const int MaximumBytes = 256 << 20;

    private string Path => System.IO.Path.Combine(folder, Name);

    /// <summary>The records that may not have their own files yet.</summary>
    /// <exception cref="LayoutLedgerException">The file exists and cannot be read.</exception>
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

    /// <summary>Makes records without files part of the ledger: all, or none if it fails. The caller holds the folder's lock.</summary>
    /// <exception cref="IOException">The records cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to write the records.</exception>
    public void Begin(ValueList<LayoutRecord> records)
    {
        var bytes = Encoding.UTF8.GetBytes(RecordWriter.WriteAll(records));
        DurableFiles.Write(
            Path, bytes.Length <= MaximumBytes ? bytes : throw new IOException($"the records have more than {MaximumBytes} bytes"));
    }

    /// <summary>Undoes <see cref="Begin"/>. The caller holds the folder's lock.</summary>
    public void Undo() => DurableFiles.Remove(Path);

    /// <summary>Gives each record its own file, if an import has begun. The caller holds the folder's lock.</summary>
    /// <exception cref="LayoutLedgerException">The file exists and cannot be read.</exception>
    /// <exception cref="IOException">The records cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to write the records.</exception>
    public void Complete()
    {
        var records = Records();
        if (records.Count == 0)
        {
            return;
        }

        // Skip records that have a file: it has the same content, or a writer of an earlier version has put a newer one there since.
        var files = records.Select(record => (Name: RecordFiles.NameOf(record.Identity, record.Host), Record: record))
            .Where(file => !DurableFiles.Exists(System.IO.Path.Combine(folder, file.Name)))
            .Select(file => (file.Name, RecordWriter.Write(file.Record)));
        DurableFiles.AddAll(folder, files);
        DurableFiles.Remove(Path);
    }
}
