using System.Text;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Ledger;

/// <content>Records that leave a ledger and come into another one.</content>
public sealed partial class LayoutLedger
{
    private const int MaximumImport = 64 << 20;

    /// <summary>All records that can be read, as one document.</summary>
    /// <exception cref="LayoutLedgerException">The system does not let them be read.</exception>
    public LayoutExport Export()
    {
        var listing = List();
        return new LayoutExport(RecordWriter.WriteAll(listing.Records), listing.Findings);
    }

    /// <summary>
    /// Adds the records of an export: all, or none where one of them differs from what is there. Nothing is ever overwritten. Records of this host
    /// restore a state folder that is missing or not this host's: the folder is this host's once all of them are there.
    /// </summary>
    /// <param name="json">The document, up to 64 Mi characters.</param>
    /// <param name="source">What findings call it, such as its file name.</param>
    /// <param name="isForThisHost">
    /// Whether the records of other hosts become this host's: the devices were moved here. Otherwise they are added as they are, and decide nothing here.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LayoutLedgerException">
    /// The system does not let them be written, another writer takes too long, or the folder is not this host's and none of the records is
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
            return new LayoutImport(Added: 0, Unchanged: 0, [rejected.Of(source)]);
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
        var there = records.Select(record => (Record: record, Path: Path.Combine(folder, RecordFiles.NameOf(record.Identity, record.Host)))).ToList()
            .ConvertAll(pair => (pair.Record, pair.Path, There: RecordFiles.Read(pair.Path)));
        var findings = there.SelectMany(pair => pair.There.Findings).Concat(there
            .Where(pair => pair.There.Record is { } old && old != pair.Record)
            .Select(pair => Finding.Error(NvdimmCodes.LedgerConflict, ("identity", pair.Record.Identity.Key)))).ToValueList();
        if (findings.Count > 0)
        {
            return new LayoutImport(Added: 0, Unchanged: 0, findings);
        }

        var added = there.Where(pair => pair.There.Record is null).ToList();
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
            // The records first: nobody may take the folder for this host's while one is missing.
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
            // They are part of the ledger all the same, and the next writer does the rest.
        }
    }

    private LayoutRecord TakenOver(LayoutRecord record) => record.Host == Host
        ? record
        : record.OwnedFrom(time.GetUtcNow(), OwnershipAct.Imported, record.Owner) with { Host = Host };
}
