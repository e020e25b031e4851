using System.Text;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Ledger;

/// <content>Export and import of records.</content>
public sealed partial class LayoutLedger
{
    private const int MaximumImport = 64 << 20;

    /// <summary>All readable records as one document.</summary>
    /// <exception cref="LayoutLedgerException">The system refuses to read the records.</exception>
    public LayoutExport Export()
    {
        var listing = List();
        return new LayoutExport(RecordWriter.WriteAll(listing.Records), listing.Findings);
    }

    /// <summary>
    /// Adds the records of an export: all, or none if one of them differs from an existing one. Nothing is ever overwritten. Records of
    /// this host restore a state folder that is missing or not this host's: once all of them are written, the folder is this host's.
    /// </summary>
    /// <param name="json">The document, up to 64 Mi characters.</param>
    /// <param name="source">The name of the document in findings, such as its file name.</param>
    /// <param name="isForThisHost">
    /// Whether the records of other hosts become this host's, because the devices were moved here. Otherwise they are added unchanged, and
    /// do not affect any decision here.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LayoutLedgerException">
    /// The system refuses to write, another writer takes too long, or neither the folder nor any of the records is this host's
    /// (<see cref="LedgerFailure.FolderRefused"/>).
    /// </exception>
    public LayoutImport Import(string json, string source, bool isForThisHost = false)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            var records = json.Length <= MaximumImport
                ? RecordReader.ReadAll(Encoding.UTF8.GetBytes(json))
                : throw RejectedJsonException.Damaged($"it has more than {MaximumImport} characters");
            return isForThisHost ? Import(records.Select(TakenOver).ToValueList()) : Import(records);
        }
        catch (RejectedJsonException rejected)
        {
            return new LayoutImport(Added: 0, Unchanged: 0, [rejected.Of(source)]) { IsUnreadable = true };
        }
    }

    private LayoutImport Import(ValueList<LayoutRecord> records)
    {
        var isOfThisHost = records.Any(record => record.IsOf(Host));
        if (!isOfThisHost)
        {
            StateFolder.Require(folder, Host);
        }

        return LockedFolder.Within(folder, LockTimeout, () =>
        {
            pending.Complete();
            return Add(records, isOfThisHost);
        });
    }

    private LayoutImport Add(ValueList<LayoutRecord> records, bool isOfThisHost)
    {
        var existing = records.Select(
            record => (Record: record, Path: Path.Combine(folder, RecordFiles.NameOf(record.Identity, record.Host))))
            .ToList()
            .ConvertAll(pair => (pair.Record, pair.Path, There: RecordFiles.Read(pair.Path)));
        var findings = existing.SelectMany(pair => pair.There.Findings).Concat(existing
            .Where(pair => pair.There.Record is { } old && old != pair.Record)
            .Select(pair => Finding.Error(NvdimmCodes.LedgerConflict, ("identity", pair.Record.Identity.Key)))).ToValueList();
        if (findings.Count > 0)
        {
            return new LayoutImport(Added: 0, Unchanged: 0, findings);
        }

        var added = existing.Where(pair => pair.There.Record is null).ToList();
        AddAll(added.Select(pair => pair.Record).ToValueList(), isOfThisHost);
        var foreign = records.Where(record => record.Host is { } other && other != Host).ToList();
        return new LayoutImport(added.Count, records.Count - added.Count, foreign.Select(record => record.OfOtherHost()).ToValueList());
    }

    private void AddAll(ValueList<LayoutRecord> records, bool isOfThisHost)
    {
        if (records.Count > 0)
        {
            pending.Begin(records);
        }

        try
        {
            // The records come first: nobody may take the folder for this host's while one is missing.
            if (isOfThisHost)
            {
                StateFolder.Make(folder, Host);
            }
        }
        catch when (records.Count > 0)
        {
            pending.Undo();
            throw;
        }

        try
        {
            pending.Complete();
        }
        catch (Exception failure) when (failure is LayoutLedgerException or IOException or UnauthorizedAccessException)
        {
            // They are part of the ledger anyway, and the next writer completes the import.
        }
    }

    private LayoutRecord TakenOver(LayoutRecord record) => record.Host == Host
        ? record
        : record.OwnedFrom(time.GetUtcNow(), OwnershipAct.Imported, record.Owner) with { Host = Host };
}
