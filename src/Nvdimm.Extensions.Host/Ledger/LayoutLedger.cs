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
        RequireConsistent(use);
        return Change(use.Identity, (old, now) => Used(old, use, now));
    }

    /// <summary>Records the uses of one start: all of them, or none.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="uses"/> is null.</exception>
    /// <exception cref="ArgumentException">The figures of a layout contradict each other.</exception>
    /// <exception cref="LayoutLedgerException">
    /// A record is there and cannot be read, the system does not let one be written, or another writer takes too long. What was written before is
    /// as it was.
    /// </exception>
    public void SaveAll(IReadOnlyList<LayoutUse> uses)
    {
        ArgumentNullException.ThrowIfNull(uses);
        foreach (var use in uses)
        {
            RequireConsistent(use);
        }

        if (uses.Count > 0)
        {
            Locked(() =>
            {
                var now = time.GetUtcNow();
                DurableFiles.WriteAll(
                    folder, uses.Select(use => (NameOf(use.Identity), RecordWriter.Write(Used(Readable(PathOf(use.Identity)), use, now)))).ToList());
                return uses.Count;
            });
        }
    }

    private static void RequireConsistent(LayoutUse use)
    {
        if (!use.Layout.IsConsistent)
        {
            throw new ArgumentException("The figures of the layout contradict each other", nameof(use));
        }
    }

    private static LayoutRecord Used(LayoutRecord? old, LayoutUse use, DateTimeOffset now)
    {
        var used = (old ?? new LayoutRecord(use.Identity, use.Name, use.Path, now)).With(use).Used(now);
        return old?.Layout == use.Layout ? used : used with { LastChanged = now };
    }

    private static LayoutRecord? Readable(string path) => RecordFiles.Read(path) is var read && read.IsReadable
        ? read.Record
        : throw new LayoutLedgerException(LedgerFailure.ReadFailed, path, read.Findings[0].Message);

    /// <summary>
    /// Records that a device was used again, as recorded: what it is called now, and which labels it has. Everything else in the record stays;
    /// of what was accepted, only that which outlasts a use.
    /// </summary>
    /// <param name="identity">The device.</param>
    /// <param name="name">Its kernel name now.</param>
    /// <param name="path">Its device file now.</param>
    /// <param name="labelHash">The hash of its labels; null where there are none.</param>
    /// <param name="labelSum">The checksum of its labels; null where there are none.</param>
    /// <returns>The new record; no record and no finding where none has a layout; or why there is none, with the old file left as it was.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/>, <paramref name="name"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be written, or another writer takes too long.</exception>
    public LayoutRecordResult Touch(DeviceIdentity identity, string name, string path, string? labelHash, string? labelSum)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(path);
        return Change(identity, (old, now) => old is { Layout: not null }
            ? old.Used(now) with { Name = name, Path = path, LabelHash = labelHash, LabelSum = labelSum }
            : null);
    }

    /// <summary>
    /// Permits several VMs to use a device at the same time, in place of what was permitted before; or withdraws that. VMs that run keep what
    /// they have.
    /// </summary>
    /// <param name="identity">The device.</param>
    /// <param name="name">Its kernel name now; used where the ledger has no record yet.</param>
    /// <param name="path">Its device file now; used where the ledger has no record yet.</param>
    /// <param name="vms">The VMs, each by its name or id: at least two, or none to withdraw the permission.</param>
    /// <param name="by">Who permits it.</param>
    /// <param name="note">Why; null where nothing is said.</param>
    /// <returns>The new record; no record and no finding where nothing was to withdraw; or why there is none, with the old file left as it was.</returns>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="note"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="by"/> or a VM is empty, a VM stands twice, or there is only one.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be written, or another writer takes too long.</exception>
    public LayoutRecordResult Share(DeviceIdentity identity, string name, string path, ValueList<string> vms, string by, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(vms);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        if (vms.Count == 1 || vms.Any(string.IsNullOrWhiteSpace) || vms.Distinct(StringComparer.OrdinalIgnoreCase).Count() != vms.Count)
        {
            throw new ArgumentException("Sharing needs at least two VMs, each with a name or an id of its own", nameof(vms));
        }

        return Change(identity, (old, now) => vms.Count == 0
            ? old is null ? null : old with { Sharing = null }
            : (old ?? new LayoutRecord(identity, name, path, now)) with { Sharing = new DeviceSharing(vms, now, by, note) });
    }

    /// <summary>
    /// Notes that an administrator accepts these findings of the guard, exactly as they are. Accepting one again renews it.
    /// </summary>
    /// <param name="identity">The device.</param>
    /// <param name="name">Its kernel name now; used where the ledger has no record yet.</param>
    /// <param name="path">Its device file now; used where the ledger has no record yet.</param>
    /// <param name="findings">What is accepted (<see cref="LayoutCheck.Open"/>).</param>
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
        if (findings.FirstOrDefault(finding => !GuardCodes.IsAcceptable(finding)) is { } other)
        {
            throw new ArgumentException($"{other.Code} cannot be accepted", nameof(findings));
        }

        return Change(identity, (old, now) =>
        {
            var record = old ?? new LayoutRecord(identity, name, path, now);
            var kept = record.Accepted.Where(accepted => !findings.Any(accepted.Covers));
            var added = findings.Select(finding => new AcceptedFinding(finding.Code, AcceptedFinding.EvidenceOf(finding), now, by, note));
            return record with { Accepted = [.. kept, .. added] };
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

    /// <param name="identity">The device.</param>
    /// <param name="change">Makes the new record of the old one; null where nothing is to be written.</param>
    private LayoutRecordResult Change(DeviceIdentity identity, Func<LayoutRecord?, DateTimeOffset, LayoutRecord?> change) => Locked(() =>
    {
        var path = PathOf(identity);
        var old = RecordFiles.Read(path);
        if (!old.IsReadable)
        {
            return old;
        }

        if (change(old.Record, time.GetUtcNow()) is not { } record)
        {
            return LayoutRecordResult.None;
        }

        DurableFiles.Write(path, RecordWriter.Write(record));
        return new LayoutRecordResult(record, []);
    });

    private T Locked<T>(Func<T> work) => FolderLock.Within(folder, LockTimeout, work);

    private string PathOf(DeviceIdentity identity) => Path.Combine(folder, NameOf(identity));

    private static string NameOf(DeviceIdentity identity) => $"{identity}{RecordFiles.End}";
}
