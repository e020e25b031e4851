using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// The ledger of a host. It records the layout that each device was last used with: one JSON file for each device in a folder, replaced
/// atomically and durably, one writer at a time. Readers need no lock. A damaged or newer record is never overwritten and never skipped
/// silently. Nothing is written to a folder that is missing or not this host's (<see cref="StateFolder"/>).
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="time">The clock, for the times in the records.</param>
/// <param name="host">The host; null, the default, for this machine (<see cref="MachineId.Of"/>).</param>
public sealed partial class LayoutLedger(string folder, TimeProvider time, string? host = null)
{
    private readonly PendingImport pending = new(folder);
    private readonly Lazy<string> thisHost = new(() => host ?? MachineId.Of(), LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The default folder: <c>/var/lib/nvdimm-extensions</c>.</summary>
    public const string DefaultFolder = "/var/lib/nvdimm-extensions";

    /// <summary>The time to wait for another writer. Default: 10 seconds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The host of the ledger. Other hosts can have theirs in the same folder.</summary>
    public string Host => thisHost.Value;

    /// <summary>The record of a device.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to read the record.</exception>
    public LayoutRecordResult Find(DeviceIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return Read(identity);
    }

    /// <summary>The path of a device's record, readable or not; null if there is none.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not tell whether there is one.</exception>
    public string? FileOf(DeviceIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        try
        {
            return PathsOf(identity).FirstOrDefault(path => DurableFiles.Exists(path) || Pending(path) is not null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.ReadFailed, folder, failure.Message, failure);
        }
    }

    /// <summary>
    /// All records. Files that are still being written are not included. An unreadable record is a finding; the others are still read.
    /// </summary>
    /// <exception cref="LayoutLedgerException">The system refuses to read the folder.</exception>
    public LayoutListing List()
    {
        try
        {
            // Read the import first: a record without its own file may get one at any moment.
            var imported = pending.Records();
            var results = (SmallFolder.NamesOrNull(folder, end: RecordFiles.End) ?? [])
                .Select(name => ReadOrSay(Path.Combine(folder, name)))
                .ToList();
            var records = results.Select(result => result.Record)
                .OfType<LayoutRecord>()
                .UnionBy(imported, record => (record.Identity, record.Host))
                .ToList();
            return new LayoutListing(
                records.Where(
                    record => record.Host is not null || !records.Exists(other => other.Identity == record.Identity && other.Host == Host))
                    .ToValueList(),
                results.SelectMany(result => result.Findings).ToValueList());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.ReadFailed, folder, failure.Message, failure);
        }
    }

    /// <summary>
    /// Records a use of a device. Acceptances about the labels on the device stay valid. Acceptances about the ledger, the device's size
    /// and unreadable things were for this use only; a further use needs new ones.
    /// </summary>
    /// <returns>The new record; or why there is none, with the old file unchanged.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="use"/> is null.</exception>
    /// <exception cref="ArgumentException">The figures of the layout contradict each other.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to write, or another writer takes too long.</exception>
    public LayoutRecordResult Save(LayoutUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        LayoutUse.RequireConsistent(use);
        return Change(use.Identity, (old, now) => Used(old, use, now));
    }

    /// <summary>Records the uses and the replacements of one start: all, or none.</summary>
    /// <param name="uses">The uses.</param>
    /// <param name="replaced">The devices that the VM replaces by others from now on, each with its replacement.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The figures of a layout contradict each other.</exception>
    /// <exception cref="LayoutLedgerException">
    /// A record exists and cannot be read, the system refuses to write one, or another writer takes too long. All records are as before.
    /// </exception>
    internal void SaveAll(IReadOnlyList<LayoutUse> uses, IReadOnlyList<ReplacedNvdimm> replaced)
    {
        ArgumentNullException.ThrowIfNull(uses);
        ArgumentNullException.ThrowIfNull(replaced);
        foreach (var use in uses)
        {
            LayoutUse.RequireConsistent(use);
        }

        if (uses.Count > 0 || replaced.Count > 0)
        {
            Locked(() =>
            {
                var now = time.GetUtcNow();
                var records = uses.Select(use => Used(Readable(use.Identity), use, now))
                    .Concat(replaced.Select(pair => Replaced(pair.Old, pair.By)).OfType<LayoutRecord>());
                WriteAll(records);
                return uses.Count;
            });
        }
    }

    /// <summary>The record after a use. The first VM that uses a device without an owner becomes its owner.</summary>
    private LayoutRecord Used(LayoutRecord? old, LayoutUse use, DateTimeOffset now)
    {
        var used = (old ?? LayoutRecord.New(use.Identity, use.Name, use.Path, now)).With(use with { Host = use.Host ?? Host }).Used(now);
        var owned = old?.Owner is null && used.Owner is { } owner ? used.OwnedFrom(now, OwnershipAct.FirstUse, owner) : used;
        return old?.Layout == use.Layout ? owned : owned with { LastChanged = now };
    }

    /// <summary>The record of a device that another one replaces; null if there is none, or if it is another host's.</summary>
    private LayoutRecord? Replaced(DeviceIdentity old, DeviceIdentity by) =>
        Readable(old) is { } record && record.IsOf(Host) ? record with { Host = Host, ReplacedBy = by } : null;

    private LayoutRecord? Readable(DeviceIdentity identity) => Read(identity) is var read && read.IsReadable
        ? read.Record
        : throw new LayoutLedgerException(LedgerFailure.ReadFailed, PathOf(identity), read.Findings[0].Message);

    /// <summary>
    /// Records that a device was used again with the recorded layout: updates its names and labels. Everything else in the record stays,
    /// except for acceptances that do not outlast a use.
    /// </summary>
    /// <param name="identity">The device.</param>
    /// <param name="name">The present kernel name.</param>
    /// <param name="path">The present device file.</param>
    /// <param name="labelHash">The hash of the labels; null if there are none.</param>
    /// <param name="labelSum">The checksum of the labels; null if there are none.</param>
    /// <param name="labelUuids">The uuids in the labels; null if they were not read.</param>
    /// <returns>The new record; nothing if the device has no recorded layout; or why there is none, with the old file unchanged.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="identity"/>, <paramref name="name"/> or <paramref name="path"/> is null.
    /// </exception>
    /// <exception cref="LayoutLedgerException">The system refuses to write, or another writer takes too long.</exception>
    public LayoutRecordResult Touch(
        DeviceIdentity identity, string name, string path, string? labelHash, string? labelSum, IEnumerable<Guid>? labelUuids)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(path);
        var uuids = labelUuids?.ToValueList();
        return Change(identity, (old, now) => old is { Layout: not null }
            ? old.Used(now) with { Name = name, Path = path, LabelHash = labelHash, LabelSum = labelSum, LabelUuids = uuids }
            : null);
    }

    /// <summary>
    /// Permits several VMs to use a device at the same time, in place of an earlier permission; or withdraws the permission. Running VMs
    /// keep their devices.
    /// </summary>
    /// <param name="identity">The device.</param>
    /// <param name="name">The present kernel name; used if the ledger has no record yet.</param>
    /// <param name="path">The present device file; used if the ledger has no record yet.</param>
    /// <param name="vms">The VMs, each by its name or id: at least two, or none to withdraw the permission.</param>
    /// <param name="by">Who permits it.</param>
    /// <param name="note">The reason; null for none.</param>
    /// <returns>The new record; nothing if there was nothing to withdraw; or why there is none, with the old file unchanged.</returns>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="note"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="by"/> or a VM is empty, a VM is listed twice, or there is only one.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to write, or another writer takes too long.</exception>
    public LayoutRecordResult Share(
        DeviceIdentity identity, string name, string path, IReadOnlyCollection<string> vms, string by, string? note = null)
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
            : (old ?? LayoutRecord.New(identity, name, path, now)).SharedBy(vms, by, now, note));
    }

    /// <summary>
    /// Assigns a device to a VM, or releases it. This is an act of an administrator, and changes nothing but the owner. Running VMs keep
    /// their devices.
    /// </summary>
    /// <param name="identity">The device.</param>
    /// <param name="name">The present kernel name; used if the ledger has no record yet.</param>
    /// <param name="path">The present device file; used if the ledger has no record yet.</param>
    /// <param name="owner">The VM; null to release the device, so that the next VM that uses it becomes the owner.</param>
    /// <param name="distinct">The devices that the administrator declares to be others, though nothing proves it.</param>
    /// <param name="replaced">The owner's devices that this one replaces from now on: the owner need no longer have them.</param>
    /// <returns>The new record; nothing if there was nothing to release; or why there is none, with the old file unchanged.</returns>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="owner"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="owner"/> has neither name nor id.</exception>
    /// <exception cref="LayoutLedgerException">
    /// A record that is replaced cannot be read, the system refuses to write, or another writer takes too long; nothing is changed.
    /// </exception>
    public LayoutRecordResult Give(
        DeviceIdentity identity, string name, string path, DeviceOwner? owner,
        IReadOnlyCollection<DeviceIdentity> distinct, IReadOnlyCollection<DeviceIdentity> replaced)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(distinct);
        ArgumentNullException.ThrowIfNull(replaced);
        if (owner is { IsNobody: true })
        {
            throw new ArgumentException("The owner needs a name or an id", nameof(owner));
        }

        return Locked(() =>
        {
            var old = Read(identity);
            if (!old.IsReadable || (old.Record is null && owner is null))
            {
                return old;
            }

            var now = time.GetUtcNow();
            var record = old.Record ?? LayoutRecord.New(identity, name, path, now);
            var given = record.OwnedFrom(now, owner is null ? OwnershipAct.Released : OwnershipAct.Given, owner) with
            {
                Host = Host,
                ReplacedBy = null,
                DistinctFrom = [.. record.DistinctFrom.Union(distinct)],
            };
            WriteAll([given, .. replaced.Select(earlier => Replaced(earlier, identity)).OfType<LayoutRecord>()]);
            return new LayoutRecordResult(given, []);
        });
    }

    /// <summary>
    /// Records that an administrator accepts these findings of the guard, exactly as they are. Accepting one again renews the acceptance.
    /// </summary>
    /// <param name="identity">The device.</param>
    /// <param name="name">The present kernel name; used if the ledger has no record yet.</param>
    /// <param name="path">The present device file; used if the ledger has no record yet.</param>
    /// <param name="findings">The findings to accept (<c>LayoutCheckResult.Open</c>).</param>
    /// <param name="by">Who accepts.</param>
    /// <param name="note">The reason; null for none.</param>
    /// <returns>The new record; or why there is none, with the old file unchanged.</returns>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="note"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="by"/> is empty, or a finding cannot be accepted.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to write, or another writer takes too long.</exception>
    public LayoutRecordResult Accept(
        DeviceIdentity identity, string name, string path, IReadOnlyCollection<Finding> findings, string by, string? note = null)
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
            var record = old ?? LayoutRecord.New(identity, name, path, now);
            var kept = record.Accepted.Where(accepted => !findings.Any(accepted.Covers));
            var added = findings.Select(finding => AcceptedFinding.Of(finding, now, by, note));
            return record with { Accepted = [.. kept, .. added] };
        });
    }

    /// <summary>
    /// Moves the record of a device to the folder <c>forgotten</c>, where it stays: damaged or not, even if it is not a regular file.
    /// </summary>
    /// <returns>The new path; null if there was no record.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to move the record, or another writer takes too long.</exception>
    public string? Forget(DeviceIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return Locked(() => PathsOf(identity).Where(DurableFiles.Exists).ToList().ConvertAll(PutAside) is [var first, ..] ? first : null);

        string PutAside(string path)
        {
            var backups = Path.Combine(folder, "forgotten");
            DurableFiles.CreateFolder(backups);
            var number = Enumerable.Range(1, int.MaxValue).First(number => !DurableFiles.Exists(Backup(number)));
            DurableFiles.Move(path, Backup(number));
            return Backup(number);

            string Backup(int number) => Path.Combine(backups, $"{identity}.{number}{RecordFiles.End}");
        }
    }

    /// <summary>Writes records of this host: all, or none.</summary>
    private void WriteAll(IEnumerable<LayoutRecord> records) =>
        DurableFiles.WriteAll(
            folder, records.Select(record => (NameOf(record.Identity), DurableFiles.Whole(RecordWriter.Write(record)))).ToList());

    private static LayoutRecordResult ReadOrSay(string path)
    {
        try
        {
            return RecordFiles.Read(path);
        }
        catch (LayoutLedgerException failure)
        {
            return new LayoutRecordResult(
                Record: null, [Finding.Error(NvdimmCodes.LedgerUnreadable, ("reason", $"{path}: {failure.Message}"))]);
        }
    }

    /// <param name="identity">The device.</param>
    /// <param name="change">Makes the new record from the old one; returns null to write nothing.</param>
    private LayoutRecordResult Change(DeviceIdentity identity, Func<LayoutRecord?, DateTimeOffset, LayoutRecord?> change) => Locked(() =>
    {
        var old = Read(identity);
        if (!old.IsReadable)
        {
            return old;
        }

        if (change(old.Record, time.GetUtcNow()) is not { } changed)
        {
            return LayoutRecordResult.None;
        }

        var record = changed with { Host = changed.Host ?? Host };
        DurableFiles.Write(PathOf(identity), RecordWriter.Write(record));
        return new LayoutRecordResult(record, []);
    });

    private T Locked<T>(Func<T> work)
    {
        StateFolder.Require(folder, Host);
        return LockedFolder.Within(folder, LockTimeout, () =>
        {
            pending.Complete();
            return work();
        });
    }

    /// <summary>
    /// The record of a device. Records that earlier versions made for a kernel name do not tell their host; they count if this host has
    /// none of its own.
    /// </summary>
    private LayoutRecordResult Read(DeviceIdentity identity) =>
        PathsOf(identity).Select(ReadFile).FirstOrDefault(IsThere) ?? LayoutRecordResult.None;

    /// <summary>The record in a file; without the file, the record that an unfinished import has for it.</summary>
    private LayoutRecordResult ReadFile(string path)
    {
        if (RecordFiles.Read(path) is var file && IsThere(file))
        {
            return file;
        }

        // The import may have finished since, and have given the record its file.
        return Pending(path) is { } record ? new LayoutRecordResult(record, []) : RecordFiles.Read(path);
    }

    private static bool IsThere(LayoutRecordResult file) => file is not { Record: null, IsReadable: true };

    /// <summary>The record that an unfinished import has for a file; null if there is none.</summary>
    private LayoutRecord? Pending(string path)
    {
        var name = Path.GetFileName(path);
        return pending.Records().FirstOrDefault(record => RecordFiles.NameOf(record.Identity, record.Host) == name);
    }

    /// <summary>The files of a device, that of this host first.</summary>
    private IEnumerable<string> PathsOf(DeviceIdentity identity) =>
        new[] { PathOf(identity), HostlessPathOf(identity) }.Distinct(StringComparer.Ordinal);

    private string HostlessPathOf(DeviceIdentity identity) => Path.Combine(folder, RecordFiles.NameOf(identity, host: null));

    private string PathOf(DeviceIdentity identity) => Path.Combine(folder, NameOf(identity));

    private string NameOf(DeviceIdentity identity) => RecordFiles.NameOf(identity, Host);
}
