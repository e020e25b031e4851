using System.Text;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// The ledger of a host: with which layout was each device last used? One JSON file for each device in a folder, replaced atomically and
/// durably, one writer at a time. Readers need no lock. A damaged or newer record is never overwritten or left out in silence.
/// </summary>
/// <param name="folder">The folder; made when something is first written.</param>
/// <param name="time">The clock, for the times in the records.</param>
public sealed class LayoutLedger(string folder, TimeProvider time)
{
    /// <summary>Where the ledger is by default: <c>/var/lib/nvdimm-extensions</c>.</summary>
    public const string DefaultFolder = "/var/lib/nvdimm-extensions";

    private const int MaximumImport = 64 << 20;

    /// <summary>How long to wait for another writer. Default: 10 seconds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The record of a device.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be read.</exception>
    public LayoutRecordResult Find(DeviceIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return RecordFiles.Read(PathOf(identity));
    }

    /// <summary>Whether something is in the place of a device's record, be it readable or not.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not say.</exception>
    public bool Has(DeviceIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        try
        {
            return DurableFiles.IsThere(PathOf(identity));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.ReadFailed, folder, failure.Message, failure);
        }
    }

    /// <summary>All records. Files that are being written do not show; one that cannot be read is a finding and costs no other.</summary>
    /// <exception cref="LayoutLedgerException">The system does not let the folder be read.</exception>
    public LayoutListing List()
    {
        try
        {
            var results = (SmallFolder.NamesOrNull(folder, end: RecordFiles.End) ?? []).Select(name => ReadOrSay(Path.Combine(folder, name))).ToList();
            return new LayoutListing(
                results.Where(result => result.Record is not null).Select(result => result.Record!).ToValueList(),
                results.SelectMany(result => result.Findings).ToValueList());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.ReadFailed, folder, failure.Message, failure);
        }
    }

    /// <summary>
    /// Records a use of a device. What was accepted of the labels that it carries stays; what was accepted of the ledger, of its size and of
    /// what could not be read was for this use, and is accepted anew before another one.
    /// </summary>
    /// <returns>The new record; or why there is none, with the old file left as it was.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="use"/> is null.</exception>
    /// <exception cref="ArgumentException">The figures of the layout contradict each other.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be written, or another writer takes too long.</exception>
    public LayoutRecordResult Save(LayoutUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        if (!use.Layout.IsConsistent)
        {
            throw new ArgumentException("The figures of the layout contradict each other", nameof(use));
        }

        return Change(use.Identity, (old, now) => (old ?? new LayoutRecord(use.Identity, use.Name, use.Path, now)) with
        {
            Name = use.Name,
            Path = use.Path,
            Layout = use.Layout,
            Hypervisor = use.Hypervisor,
            VmName = use.VmName,
            VmId = use.VmId,
            LabelHash = use.LabelHash,
            LabelSum = use.LabelSum,
            LastChanged = old?.Layout == use.Layout ? old.LastChanged : now,
            LastUsed = now,
            Accepted = old?.Accepted.Where(accepted => accepted.OutlastsUse).ToValueList() ?? [],
        });
    }

    /// <summary>
    /// Notes that an administrator accepts these findings of the guard, exactly as they are. Accepting one again renews it.
    /// </summary>
    /// <param name="identity">The device.</param>
    /// <param name="name">Its kernel name now; used where the ledger has no record yet.</param>
    /// <param name="path">Its device file now; used where the ledger has no record yet.</param>
    /// <param name="findings">What is accepted (<see cref="LayoutCheck.Refusals"/>).</param>
    /// <param name="by">Who accepts.</param>
    /// <param name="note">Why; null where nothing is said.</param>
    /// <returns>The new record; or why there is none, with the old file left as it was.</returns>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="note"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="by"/> is empty, or a finding is none that can be accepted.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be written, or another writer takes too long.</exception>
    public LayoutRecordResult Accept(DeviceIdentity identity, string name, string path, IReadOnlyCollection<Finding> findings, string by, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        if (findings.FirstOrDefault(finding => !LayoutGuard.IsAcceptable(finding)) is { } other)
        {
            throw new ArgumentException($"{other.Code} cannot be accepted", nameof(findings));
        }

        return Change(identity, (old, now) =>
        {
            var record = old ?? new LayoutRecord(identity, name, path, now);
            var kept = record.Accepted.Where(accepted => !findings.Any(accepted.Covers));
            return record with { Accepted = [.. kept, .. findings.Select(finding => new AcceptedFinding(finding.Code, AcceptedFinding.EvidenceOf(finding), now, by, note))] };
        });
    }

    /// <summary>Puts the record of a device aside, damaged or not, also where it is no file at all: into the folder <c>forgotten</c>, where it stays.</summary>
    /// <returns>Where it is now; null where there was none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be moved, or another writer takes too long.</exception>
    public string? Forget(DeviceIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return Locked(() =>
        {
            var path = PathOf(identity);
            if (!DurableFiles.IsThere(path))
            {
                return null;
            }

            var backups = Path.Combine(folder, "forgotten");
            DurableFiles.CreateFolder(backups);
            var number = Enumerable.Range(1, int.MaxValue).First(number => !DurableFiles.IsThere(Backup(number)));
            DurableFiles.Move(path, Backup(number));
            return Backup(number);

            string Backup(int number) => Path.Combine(backups, $"{identity}.{number}{RecordFiles.End}");
        });
    }

    private static LayoutRecordResult ReadOrSay(string path)
    {
        try
        {
            return RecordFiles.Read(path);
        }
        catch (LayoutLedgerException failure)
        {
            return new LayoutRecordResult(Record: null, [Finding.Error(NvdimmCodes.LedgerUnreadable, ("reason", $"{path}: {failure.Message}"))]);
        }
    }

    /// <summary>All records that can be read, as one document.</summary>
    /// <exception cref="LayoutLedgerException">The system does not let them be read.</exception>
    public LayoutExport Export()
    {
        var listing = List();
        return new LayoutExport(RecordWriter.WriteAll(listing.Records), listing.Findings);
    }

    /// <summary>
    /// Adds the records of an export: all, or none where one of them differs from what is there. Nothing is ever overwritten.
    /// </summary>
    /// <param name="json">The document, up to 64 Mi characters.</param>
    /// <param name="source">What findings call it, such as its file name.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let them be written, or another writer takes too long.</exception>
    public LayoutImport Import(string json, string source)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            var records = json.Length <= MaximumImport
                ? RecordReader.ReadAll(Encoding.UTF8.GetBytes(json))
                : throw RejectedJsonException.Damaged($"it has more than {MaximumImport} characters");
            return Locked(() => Add(records));
        }
        catch (RejectedJsonException rejected)
        {
            return new LayoutImport(Added: 0, Unchanged: 0, [rejected.Of(source)]);
        }
    }

    private LayoutImport Add(ValueList<LayoutRecord> records)
    {
        var there = records.Select(record => (Record: record, There: RecordFiles.Read(PathOf(record.Identity)))).ToList();
        var findings = there.SelectMany(pair => pair.There.Findings).Concat(there
            .Where(pair => pair.There.Record is { } old && old != pair.Record)
            .Select(pair => Finding.Error(NvdimmCodes.LedgerConflict, ("identity", pair.Record.Identity.Key)))).ToValueList();
        if (findings.Count > 0)
        {
            return new LayoutImport(Added: 0, Unchanged: 0, findings);
        }

        var added = there.Where(pair => pair.There.Record is null).Select(pair => pair.Record).ToList();
        added.ForEach(record => DurableFiles.Write(PathOf(record.Identity), RecordWriter.Write(record)));
        return new LayoutImport(added.Count, records.Count - added.Count, []);
    }

    private LayoutRecordResult Change(DeviceIdentity identity, Func<LayoutRecord?, DateTimeOffset, LayoutRecord> change) => Locked(() =>
    {
        var path = PathOf(identity);
        var old = RecordFiles.Read(path);
        if (!old.IsReadable)
        {
            return old;
        }

        var record = change(old.Record, time.GetUtcNow());
        DurableFiles.Write(path, RecordWriter.Write(record));
        return new LayoutRecordResult(record, []);
    });

    private T Locked<T>(Func<T> work) => FolderLock.Within(folder, LockTimeout, work);

    private string PathOf(DeviceIdentity identity) => Path.Combine(folder, $"{identity}{RecordFiles.End}");
}
