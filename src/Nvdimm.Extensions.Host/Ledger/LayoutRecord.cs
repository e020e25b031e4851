namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>What the ledger knows of a device.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Name">Its kernel name when it was last recorded.</param>
/// <param name="Path">Its device file when it was last recorded.</param>
/// <param name="FirstRecorded">When the ledger first heard of it.</param>
public sealed record LayoutRecord(DeviceIdentity Identity, string Name, string Path, DateTimeOffset FirstRecorded)
{
    /// <summary>The version of the format that this library writes; it reads no newer one.</summary>
    public const int SchemaVersion = 3;

    /// <summary>The layout that it was last used with; null where only findings were accepted so far.</summary>
    public DeviceLayout? Layout { get; init; }

    /// <summary>The versions of libvirt and QEMU at that time, as text for people.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>The VM that used it.</summary>
    public string? VmName { get; init; }

    /// <summary>The id of that VM.</summary>
    public string? VmId { get; init; }

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
            && (LabelHash is null || use.LabelHash is not null || use.LabelSizes is null)
            && this == With(use) with { LabelHash = LabelHash, LabelSum = LabelSum, LabelSizes = LabelSizes };
    }

    /// <summary>Whether two VMs may use the device at the same time, or one after the other: the permission names both.</summary>
    /// <param name="first">The name and the id of one; null where they are not known.</param>
    /// <param name="second">Those of the other.</param>
    public bool AreSharing((string? Name, string? Id) first, (string? Name, string? Id) second) =>
        Sharing is { } sharing && sharing.Permits(first.Name, first.Id) && sharing.Permits(second.Name, second.Id);

    /// <summary>The record with everything that a use says.</summary>
    internal LayoutRecord With(LayoutUse use) => this with
    {
        Identity = use.Identity,
        Name = use.Name,
        Path = use.Path,
        Layout = use.Layout,
        Hypervisor = use.Hypervisor,
        VmName = use.VmName,
        VmId = use.VmId,
        LabelHash = use.LabelHash,
        LabelSum = use.LabelSum,
        LabelSizes = use.LabelSizes,
        RawUuid = use.RawUuid,
    };

    /// <summary>The record after a use: what was accepted for one start is used up.</summary>
    internal LayoutRecord Used(DateTimeOffset now) => this with
    {
        LastUsed = now,
        Accepted = Accepted.Where(accepted => accepted.OutlastsUse).ToValueList(),
    };
}
