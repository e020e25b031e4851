using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>What the ledger knows of a device.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Name">Its kernel name when it was last recorded.</param>
/// <param name="Path">Its device file when it was last recorded.</param>
/// <param name="FirstRecorded">When the ledger first heard of it.</param>
public sealed record LayoutRecord(DeviceIdentity Identity, string Name, string Path, DateTimeOffset FirstRecorded)
{
    /// <summary>The version of the format that this library writes; it reads no newer one.</summary>
    public const int SchemaVersion = 4;

    /// <summary>The layout that it was last used with; null where only findings were accepted so far.</summary>
    public DeviceLayout? Layout { get; init; }

    /// <summary>The versions of libvirt and QEMU at that time, as text for people.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>
    /// The host that the record is of; null in records of versions 1 to 3, which count as this host's. Records of other hosts decide nothing here,
    /// unless a uuid says that the device itself has moved.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>The name of the owner: the VM whose device it is (<see cref="Owner"/>); null where it is not known.</summary>
    public string? VmName { get; init; }

    /// <summary>The id of the owner; null where it is not known.</summary>
    public string? VmId { get; init; }

    /// <summary>Since when it is the owner; null where nobody is, and in records of versions 1 to 3.</summary>
    public DateTimeOffset? OwnedSince { get; init; }

    /// <summary>By which act it became the owner, or the device was released; null in records of versions 1 to 3.</summary>
    public OwnershipAct? OwnedBy { get; init => field = EnumArgument.Checked(value); }

    /// <summary>
    /// The device that the owner uses in place of this one, as an administrator has accepted: the VM is not expected to have this one any more. What
    /// is on it is the owner's all the same.
    /// </summary>
    public DeviceIdentity? ReplacedBy { get; init; }

    /// <summary>The devices of which an administrator has said that they are others, though it could not be told.</summary>
    public ValueList<DeviceIdentity> DistinctFrom { get; init; } = [];

    /// <summary>The hash of the labels at that time: 64 lower-case hexadecimal digits; null where there were none.</summary>
    public string? LabelHash { get; init; }

    /// <summary>
    /// The checksum of the labels at that time (<see cref="Labels.LabelArea.Sum"/>); null where there were none, and in records of version 1.
    /// </summary>
    public string? LabelSum { get; init; }

    /// <summary>
    /// The sizes of the label areas that were found on the device at that time, wherever they were, each once; empty where there were none, null
    /// where nobody looked, and in records of versions 1 and 2.
    /// </summary>
    public ValueList<ByteSize>? LabelSizes { get; init; }

    /// <summary>
    /// The uuid of the raw area under the namespace, which is all that a namespace shows whose superblock was not read; null where it has none, and in
    /// records of versions 1 and 2.
    /// </summary>
    public Guid? RawUuid { get; init; }

    /// <summary>The mode of the namespace; unknown in records of versions 1 to 3.</summary>
    public NamespaceMode Mode { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The cookie of the region's interleave set; null where it is not known, and in records of versions 1 to 3.</summary>
    public string? InterleaveSet { get; init; }

    /// <summary>The ids of the region's DIMMs, in their order; empty where they are not known.</summary>
    public ValueList<string> Dimms { get; init; } = [];

    /// <summary>
    /// The uuids in the labels that were on the device; empty where there were none, null where nobody looked, and in records of versions 1 to 3.
    /// </summary>
    public ValueList<Guid>? LabelUuids { get; init; }

    /// <summary>The uuid of the content at the start of the device when that was last looked at; null where it has none.</summary>
    public string? ContentUuid { get; init; }

    /// <summary>When the layout was last another one than before, or recorded for the first time; null without layout.</summary>
    public DateTimeOffset? LastChanged { get; init; }

    /// <summary>When the layout was last recorded; null without layout.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>The permission that several VMs use the device at the same time; null where there is none.</summary>
    public DeviceSharing? Sharing { get; init; }

    /// <summary>What an administrator has accepted, in the order of acceptance.</summary>
    public ValueList<AcceptedFinding> Accepted { get; init; } = [];

    /// <summary>Whether an administrator has accepted exactly this finding.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is null.</exception>
    public bool Accepts(Finding finding) => Accepted.Any(accepted => accepted.Covers(finding));

    /// <summary>
    /// Whether a use is the recorded one in all but its time and the content of the labels, so that it need not be recorded before the VM
    /// starts. What an earlier version of the format did not have is recorded as soon as it is known, and so is that the labels are gone, which an
    /// administrator has accepted: the next start does not miss them again.
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

    /// <summary>Whether it is a record of this host: one that does not say whose it is counts.</summary>
    /// <param name="host">The host (<see cref="LayoutLedger.Host"/>).</param>
    public bool IsOf(string host) => Host is null || Host == host;

    /// <summary>The VM whose device it is; null where it is nobody's.</summary>
    public DeviceOwner? Owner => new DeviceOwner(VmName, VmId) is { IsNobody: false } owner ? owner : null;

    /// <summary>Whether the VM has to have the device at each start: it is the owner's, was used, and nothing has taken its place.</summary>
    public bool IsExpected => this is { Layout: not null, Owner: not null, ReplacedBy: null };

    /// <summary>What is known of the device.</summary>
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
    /// Whether a device may be the raw area of this one, a namespace with a uuid. Where the host shows this one whole under another name, it takes a
    /// uuid to say so, and not the name alone.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="others">What else the host shows.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public bool MayHaveRawArea(DeviceFacts device, ValueList<DeviceIdentity> others)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(others);
        return Identity.IsStable
            && Sameness.Compare(Facts, device).IsRawArea
            && !((device.Uuid is null || Facts.RawUuid is null) && others.Contains(Identity));
    }

    /// <summary>
    /// Whether this one, of which nothing but a name is known, may be the raw area under a device: a namespace was made on it since, behind whose header
    /// its data is shifted.
    /// </summary>
    internal bool MayBeRawAreaOf(DeviceFacts device) => !Identity.IsStable && Sameness.Compare(Facts, device).IsRawArea;

    /// <summary>
    /// Whether the device that may be this one's raw area, or on it, was used as it is after this one was: then its administrator has made it anew.
    /// </summary>
    /// <param name="own">The record of that device; null where it has none.</param>
    public bool IsOlderThan(LayoutRecord? own) => own is { Layout: not null, LastUsed: { } used } && LastUsed < used;

    /// <summary>Whether two VMs may use the device at the same time, or one after the other: the permission names both.</summary>
    /// <param name="first">The name and the id of one; null where they are not known.</param>
    /// <param name="second">Those of the other.</param>
    public bool AreSharing((string? Name, string? Id) first, (string? Name, string? Id) second) =>
        Sharing is { } sharing && sharing.Permits(first.Name, first.Id) && sharing.Permits(second.Name, second.Id);

    /// <summary>The error that a device may be the raw area of this one.</summary>
    /// <param name="device">The kernel name of the device.</param>
    public Finding FellBack(string device) => Finding.Error(
        NvdimmCodes.FellBackToRaw, ("device", device), ("recorded", Identity.Key), ("vm", Owner?.ToString() ?? "a VM"), ("path", Path));

    /// <summary>The warning that a record of another host decides nothing here.</summary>
    internal Finding OfOtherHost() => Finding.Warning(
        NvdimmCodes.RecordOfOtherHost, ("identity", Identity.Key), ("host", Host ?? ""), ("vm", Owner?.ToString() ?? "no VM"));

    /// <summary>
    /// The record with everything that a use says. The owner stays: what is not known of it is added, and a device that is nobody's becomes the
    /// VM's (<see cref="Used"/> says since when).
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
            ContentUuid = use.ContentUuid ?? ContentUuid,
        };
    }

    /// <summary>The record after a use: what was accepted for one start is used up.</summary>
    internal LayoutRecord Used(DateTimeOffset now) => this with
    {
        LastUsed = now,
        Accepted = Accepted.Where(accepted => accepted.OutlastsUse).ToValueList(),
    };

    /// <summary>The record with its new owner, by an act.</summary>
    internal LayoutRecord OwnedFrom(DateTimeOffset now, OwnershipAct act, DeviceOwner? owner) => this with
    {
        VmName = owner?.VmName,
        VmId = owner?.VmId,
        OwnedSince = owner is null ? null : now,
        OwnedBy = act,
    };
}
