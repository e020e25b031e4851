using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// Everything known about one device before a VM starts with it, each fact read once (<see cref="StartEvidenceReader"/>). The decision
/// (<see cref="StartDecision.Decide"/>) uses nothing else.
/// </summary>
public sealed record StartEvidence
{
    /// <summary>The VM.</summary>
    public required StartVm Vm { get; init; }

    /// <summary>The device.</summary>
    public required NvdimmDevice Device { get; init; }

    /// <summary>The layout that the start asks for.</summary>
    public required AskedNvdimm Asked { get; init; }

    /// <summary>The ledger's record of the device.</summary>
    public required LayoutRecordResult Recorded { get; init; }

    /// <summary>The host (<see cref="LayoutLedger.Host"/>); null if unknown.</summary>
    public string? Host { get; init; }

    /// <summary>The ledger's records of other devices, of this host and of others. Default: none.</summary>
    public ValueList<LayoutRecord> OtherRecords { get; init; } = [];

    /// <summary>The labels on the device.</summary>
    public required LabelSurvey Labels { get; init; }

    /// <summary>
    /// The other content of the device; null if it was not read, because the record of the device has exactly the asked layout.
    /// </summary>
    public ContentSurvey? Content { get; init; }

    /// <summary>The host's use of the device; null if it could not be read.</summary>
    public DeviceUse? Use { get; init; }

    /// <summary>The verification state of the installed libvirt and QEMU; null if it could not be read.</summary>
    public FingerprintResult? Hypervisor { get; init; }

    /// <summary>
    /// The findings about the host: the device is another one than listed, the host or a running VM uses it, somebody has claimed it, the
    /// installed libvirt and QEMU are not verified. An administrator cannot accept these.
    /// </summary>
    public ValueList<Finding> HostFindings { get; init; } = [];

    /// <summary>
    /// Those of the <see cref="HostFindings"/> that report the VM itself: its own running QEMU, or its own claim. They refuse a second
    /// start, and say nothing against the VM that runs. Default: none.
    /// </summary>
    internal ValueList<Finding> OwnUses { get; init; } = [];

    /// <summary>The kernel names of the host's other namespaces with the same identity. Default: none.</summary>
    public ValueList<string> SameIdentityNames { get; init; } = [];

    /// <summary>The identities of the host's other namespaces. Default: none.</summary>
    public ValueList<DeviceIdentity> OtherDevices { get; init; } = [];

    /// <summary>The identity of the device.</summary>
    public DeviceIdentity Identity => DeviceIdentity.Of(Device);

    /// <summary>The layout in the record; null if there is none.</summary>
    public DeviceLayout? RecordedLayout => Recorded.Record?.Layout;

    /// <summary>The known facts of the device, including its content.</summary>
    public DeviceFacts Facts => FactsOf(Device, Host, Labels, Content, OtherRecords);

    /// <summary>The known facts of a device, including its content.</summary>
    /// <param name="device">The device.</param>
    /// <param name="host">The host that shows the device; null if unknown.</param>
    /// <param name="labels">The labels on the device.</param>
    /// <param name="content">The other content; null if it was not read.</param>
    /// <param name="records">
    /// The records to compare with. The hash of labels is slow, and is only computed if a record has nothing else to compare.
    /// </param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="device"/>, <paramref name="labels"/> or <paramref name="records"/> is null.
    /// </exception>
    public static DeviceFacts FactsOf(
        NvdimmDevice device, string? host, LabelSurvey labels, ContentSurvey? content, IEnumerable<LayoutRecord> records)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(records);
        return DeviceFacts.Of(device, host) with
        {
            LabelUuids = labels.Uuids,
            LabelHash = labels.Found is [var first, ..] && records.Any(record => record is { LabelUuids: null, LabelHash: not null })
                ? first.Area.Hash
                : null,
            ContentUuid = content?.Uuid,
        };
    }

    /// <summary>The evidence for and against one layout.</summary>
    internal LayoutEvidence For(DeviceLayout layout) => new()
    {
        Identity = Identity,
        Name = Device.Name,
        Planned = layout,
        Recorded = Recorded,
        Survey = Labels,
        Content = Content,
    };
}
