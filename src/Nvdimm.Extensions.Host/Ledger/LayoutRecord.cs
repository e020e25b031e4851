using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>The ledger's record of a device.</summary>
public sealed record LayoutRecord
{
    /// <summary>The device.</summary>
    public required DeviceIdentity Identity { get; init; }

    /// <summary>The kernel name when it was last recorded.</summary>
    public required string Name { get; init; }

    /// <summary>The device file when it was last recorded.</summary>
    public required string Path { get; init; }

    /// <summary>When the device was first recorded, UTC.</summary>
    public required DateTimeOffset FirstRecorded { get; init; }

    /// <summary>A record of a device that has none yet.</summary>
    internal static LayoutRecord New(DeviceIdentity identity, string name, string path, DateTimeOffset at) =>
        new() { Identity = identity, Name = name, Path = path, FirstRecorded = at };

    /// <summary>This record, with the permission for several VMs.</summary>
    internal LayoutRecord SharedBy(IEnumerable<string> vms, string by, DateTimeOffset at, string? note) =>
        this with { Sharing = new DeviceSharing { Vms = vms.ToValueList(), At = at, By = by, Note = note } };

    /// <summary>The version of the format that this library writes. It reads no newer version.</summary>
    public const int SchemaVersion = 5;

    /// <summary>The layout that the device was last used with; null if only findings were accepted so far.</summary>
    public DeviceLayout? Layout { get; init; }

    /// <summary>The versions of libvirt and QEMU at that use, as text.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>
    /// The host of the record; null in records of versions 1 to 3, which count as this host's. Records of other hosts do not affect
    /// decisions here, unless a uuid proves that the device itself has moved.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>The name of the owner, the VM that the device belongs to (<see cref="Owner"/>); null if unknown.</summary>
    public string? VmName { get; init; }

    /// <summary>The id of the owner; null if unknown.</summary>
    public string? VmId { get; init; }

    /// <summary>When the owner got the device, UTC; null without an owner, and in records of versions 1 to 3.</summary>
    public DateTimeOffset? OwnedSince { get; init; }

    /// <summary>The act that made the owner, or released the device; null in records of versions 1 to 3.</summary>
    public OwnershipAct? OwnedBy { get; init => field = EnumArgument.Checked(value, last: OwnershipAct.Imported); }

    /// <summary>
    /// The device that replaces this one for the owner, as an administrator has accepted; null for none. The VM is no longer expected to
    /// have this one, but its content still belongs to the owner.
    /// </summary>
    public DeviceIdentity? ReplacedBy { get; init; }

    /// <summary>The devices that an administrator has declared to be others, though nothing proved it.</summary>
    public ValueList<DeviceIdentity> DistinctFrom { get; init; } = [];

    /// <summary>The hash of the labels at that use: 64 lower-case hexadecimal digits; null if there were none.</summary>
    public string? LabelHash { get; init; }

    /// <summary>
    /// The checksum of the labels at that use (<see cref="Labels.LabelArea.Sum"/>); null if there were none, and in records of version 1.
    /// </summary>
    public string? LabelSum { get; init; }

    /// <summary>
    /// The distinct sizes of all label areas on the device at that use; empty if there were none; null if they were not read, and in
    /// records of versions 1 and 2.
    /// </summary>
    public ValueList<ByteSize>? LabelSizes { get; init; }

    /// <summary>
    /// The uuid of the raw area under the namespace. A namespace whose superblock was not read shows nothing else. Null if it has none, and
    /// in records of versions 1 and 2.
    /// </summary>
    public Guid? RawUuid { get; init; }

    /// <summary>The mode of the namespace; unknown in records of versions 1 to 3.</summary>
    public NamespaceMode Mode { get; init => field = EnumArgument.Checked(value, last: NamespaceMode.Devdax); }

    /// <summary>The cookie of the region's interleave set; null if unknown, and in records of versions 1 to 3.</summary>
    public string? InterleaveSet { get; init; }

    /// <summary>The ids of the region's DIMMs, in their order; empty if unknown.</summary>
    public ValueList<string> Dimms { get; init; } = [];

    /// <summary>
    /// The dirty shutdowns of the region's DIMMs (<see cref="NvdimmDevice.DirtyShutdowns"/>) at the last use; null if unknown, and in
    /// records of versions 1 to 4. The first start after a loss of power warns, whichever VM's it is, and takes the new number.
    /// </summary>
    public long? DirtyShutdowns { get; init; }

    /// <summary>
    /// The uuids in the labels on the device; empty if there were none; null if they were not read, and in records of versions 1 to 3.
    /// </summary>
    public ValueList<Guid>? LabelUuids { get; init; }

    /// <summary>The uuid of the content at the start of the device when it was last read; null if it has none.</summary>
    public string? ContentUuid { get; init; }

    /// <summary>When the layout was first recorded or last changed, UTC; null without a layout.</summary>
    public DateTimeOffset? LastChanged { get; init; }

    /// <summary>When the layout was last recorded, UTC; null without a layout.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>The permission for several VMs to use the device at the same time; null for none.</summary>
    public DeviceSharing? Sharing { get; init; }

    /// <summary>The findings that an administrator has accepted, in the order of acceptance.</summary>
    public ValueList<AcceptedFinding> Accepted { get; init; } = [];

    /// <summary>Whether an administrator has accepted exactly this finding.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is null.</exception>
    public bool Accepts(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Accepted.Any(accepted => accepted.Covers(finding));
    }

    /// <summary>
    /// Whether a use equals the recorded one in all but its time and the content of the labels, so that it need not be recorded before the
    /// VM starts. Facts that an earlier version of the format lacked are recorded as soon as they are known. So is the accepted loss of the
    /// labels: the next start then does not miss them again.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="use"/> is null.</exception>
    public bool IsSameUse(LayoutUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        return Layout is not null
            && (LabelSum is not null || use.LabelSum is null)
            && (LabelSizes is not null || use.LabelSizes is null)
            && (LabelUuids is not null || use.LabelUuids is null)
            && (LabelHash is null || use.LabelHash is not null || use.LabelSizes is null)
            && this == With(use) with { LabelHash = LabelHash, LabelSum = LabelSum, LabelSizes = LabelSizes, LabelUuids = LabelUuids };
    }

    /// <summary>Whether the record is this host's. A record that does not tell its host counts as this host's.</summary>
    /// <param name="host">The host (<see cref="LayoutLedger.Host"/>).</param>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    public bool IsOf(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Host is null || Host == host;
    }

    /// <summary>The VM that the device belongs to; null if there is none.</summary>
    public DeviceOwner? Owner => new DeviceOwner(VmName, VmId) is { IsNobody: false } owner ? owner : null;

    /// <summary>Whether the VM must have the device at each start: the device has an owner, was used, and was not replaced.</summary>
    public bool IsExpected => this is { Layout: not null, Owner: not null, ReplacedBy: null };

    /// <summary>The known facts of the device.</summary>
    public DeviceFacts Facts => new(Name)
    {
        Host = Host,
        Uuid = Identity.Uuid,
        RawUuid = RawUuid ?? Identity.RawUuid,
        File = Identity.File,
        InterleaveSet = InterleaveSet,
        Dimms = Dimms,
        Path = Path,
        Size = Layout?.DeviceSize,
        Mode = Mode,
        LabelUuids = LabelUuids,
        LabelHash = LabelHash,
        ContentUuid = ContentUuid,
    };

    /// <summary>
    /// Whether a device may be the raw area of this one, which is a namespace with a uuid. If the host shows this one complete under
    /// another name, only a uuid can prove it, and not the name alone.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="others">The other devices that the host shows.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public bool MayHaveRawArea(DeviceFacts device, IReadOnlyCollection<DeviceIdentity> others)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(others);
        return Identity.IsStable
            && Sameness.Compare(Facts, device).IsRawArea
            && !((device.Uuid is null || Facts.RawUuid is null) && others.Contains(Identity));
    }

    /// <summary>
    /// Whether this device, of which only a name is known, may be the raw area under another one: a namespace was created on it since,
    /// whose header shifts the data.
    /// </summary>
    internal bool MayBeRawAreaOf(DeviceFacts device) => !Identity.IsStable && Sameness.Compare(Facts, device).IsRawArea;

    /// <summary>
    /// Whether the device that may be this one's raw area, or be on it, was used after this one: its administrator has then created it
    /// anew.
    /// </summary>
    /// <param name="own">The record of that device; null if it has none.</param>
    public bool IsOlderThan(LayoutRecord? own) => own is { Layout: not null, LastUsed: { } used } && LastUsed < used;

    /// <summary>Whether the permission names both VMs, so that they may use the device at the same time or one after the other.</summary>
    /// <param name="first">The name and the id of the first VM; null if unknown.</param>
    /// <param name="second">The name and the id of the second VM.</param>
    public bool AreSharing((string? Name, string? Id) first, (string? Name, string? Id) second) =>
        Sharing is { } sharing && sharing.Permits(first.Name, first.Id) && sharing.Permits(second.Name, second.Id);

    /// <summary>The error for a device that may be the raw area of this one.</summary>
    /// <param name="device">The kernel name of the device.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    public Finding ShiftedDataFinding(string device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Finding.Error(
            NvdimmCodes.FellBackToRaw, ("device", device), ("recorded", Identity.Key), ("vm", Owner?.ToString() ?? "a VM"), ("path", Path));
    }

    /// <summary>The warning that this record of another host does not affect decisions here.</summary>
    internal Finding OfOtherHost() => Finding.Warning(
        NvdimmCodes.RecordOfOtherHost, ("identity", Identity.Key), ("host", Host ?? ""), ("vm", Owner?.ToString() ?? "no VM"));

    /// <summary>
    /// The record with all facts of a use. The owner stays; unknown facts of it are added, and a device without an owner becomes the VM's
    /// (<see cref="Used"/> sets the time).
    /// </summary>
    internal LayoutRecord With(LayoutUse use)
    {
        var isOwner = Owner is not { } owner || owner.Is(use.VmName, use.VmId);
        return this with
        {
            Identity = use.Identity,
            Name = use.Name,
            Path = use.Path,
            Layout = use.Layout,
            Hypervisor = use.Hypervisor,
            Host = use.Host ?? Host,
            VmName = isOwner ? use.VmName ?? VmName : VmName,
            VmId = isOwner ? use.VmId ?? VmId : VmId,
            ReplacedBy = isOwner ? null : ReplacedBy,
            LabelHash = use.LabelHash,
            LabelSum = use.LabelSum,
            LabelSizes = use.LabelSizes,
            LabelUuids = use.LabelUuids,
            RawUuid = use.RawUuid,
            Mode = use.Mode,
            InterleaveSet = use.InterleaveSet ?? InterleaveSet,
            Dimms = use.Dimms.Count > 0 ? use.Dimms : Dimms,
            DirtyShutdowns = use.DirtyShutdowns ?? DirtyShutdowns,
            ContentUuid = use.ContentUuid ?? ContentUuid,
        };
    }

    /// <summary>The record after a use: acceptances for one start are used up.</summary>
    internal LayoutRecord Used(DateTimeOffset now) => this with
    {
        LastUsed = now,
        Accepted = Accepted.Where(accepted => accepted.OutlastsUse).ToValueList(),
    };

    /// <summary>The record with a new owner, by an act.</summary>
    internal LayoutRecord OwnedFrom(DateTimeOffset now, OwnershipAct act, DeviceOwner? owner) => this with
    {
        VmName = owner?.VmName,
        VmId = owner?.VmId,
        OwnedSince = owner is null ? null : now,
        OwnedBy = act,
    };
}
