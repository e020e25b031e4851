namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>What the ledger knows of a device.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Name">Its kernel name when it was last recorded.</param>
/// <param name="Path">Its device file when it was last recorded.</param>
/// <param name="FirstRecorded">When the ledger first heard of it.</param>
public sealed record LayoutRecord(DeviceIdentity Identity, string Name, string Path, DateTimeOffset FirstRecorded)
{
    /// <summary>The version of the format that this library writes; it reads no newer one.</summary>
    public const int SchemaVersion = 2;

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

    /// <summary>The checksum of the labels at that time (<see cref="Labels.LabelArea.Sum"/>); null where there were none, and in records of version 1.</summary>
    public string? LabelSum { get; init; }

    /// <summary>When the layout was last another one than before, or recorded for the first time; null without layout.</summary>
    public DateTimeOffset? LastChanged { get; init; }

    /// <summary>When the layout was last recorded; null without layout.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>What an administrator has accepted, in the order of acceptance.</summary>
    public ValueList<AcceptedFinding> Accepted { get; init; } = [];

    /// <summary>Whether an administrator has accepted exactly this finding.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is null.</exception>
    public bool Accepts(Finding finding) => Accepted.Any(accepted => accepted.Covers(finding));
}
