using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// All that is known of one device before a VM starts with it, each thing read once (<see cref="StartEvidenceReader"/>). The decision
/// (<see cref="StartDecision.Decide"/>) looks at nothing else.
/// </summary>
public sealed record StartEvidence
{
    /// <summary>The VM.</summary>
    public required StartVm Vm { get; init; }

    /// <summary>The device.</summary>
    public required NvdimmDevice Device { get; init; }

    /// <summary>What is asked for.</summary>
    public required AskedNvdimm Asked { get; init; }

    /// <summary>What the ledger has of the device.</summary>
    public required LayoutRecordResult Recorded { get; init; }

    /// <summary>The host (<see cref="LayoutLedger.Host"/>); null where it is not known.</summary>
    public string? Host { get; init; }

    /// <summary>The ledger's records of other devices, of this host and of others. Default: none.</summary>
    public ValueList<LayoutRecord> OtherRecords { get; init; } = [];

    /// <summary>The labels on the device.</summary>
    public required LabelSurvey Labels { get; init; }

    /// <summary>
    /// What else the device holds; null where it was not looked at, because the record of the device has exactly the asked layout.
    /// </summary>
    public ContentSurvey? Content { get; init; }

    /// <summary>What the host does with the device; null where that could not be read.</summary>
    public DeviceUse? Use { get; init; }

    /// <summary>What is known of the installed libvirt and QEMU; null where that could not be read.</summary>
    public FingerprintResult? Hypervisor { get; init; }

    /// <summary>
    /// What the host says beside record and device: it is another device than listed, the host or a running VM uses it, somebody has claimed
    /// it, the installed libvirt and QEMU are not the verified ones. No administrator can accept one of these.
    /// </summary>
    public ValueList<Finding> HostFindings { get; init; } = [];

    /// <summary>The kernel names of the host's other namespaces that have the identity of this one. Default: none.</summary>
    public ValueList<string> Twins { get; init; } = [];

    /// <summary>The identities of the host's other namespaces. Default: none.</summary>
    public ValueList<DeviceIdentity> OtherDevices { get; init; } = [];

    /// <summary>What the device is recognised by.</summary>
    public DeviceIdentity Identity => DeviceIdentity.Of(Device);

    /// <summary>The layout in the record; null where there is none.</summary>
    public DeviceLayout? RecordedLayout => Recorded.Record?.Layout;

    /// <summary>What is known of the device, with what is on it.</summary>
    public DeviceFacts Facts => FactsOf(Device, Host, Labels, Content, OtherRecords);

    /// <summary>What is known of a device, with what is on it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="host">The host that shows it; null where it is not known.</param>
    /// <param name="labels">The labels on it.</param>
    /// <param name="content">What else it holds; null where nobody looked.</param>
    /// <param name="records">The records that it is compared with: the hash of labels takes time, and is made where one has nothing else.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/>, <paramref name="labels"/> or <paramref name="records"/> is null.</exception>
    public static DeviceFacts FactsOf(
        NvdimmDevice device, string? host, LabelSurvey labels, ContentSurvey? content, ValueList<LayoutRecord> records)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(records);
        return DeviceFacts.Of(device, host) with
        {
            LabelUuids = labels.Uuids,
            LabelHash = labels.Found is [var first, ..] && records.Any(record => record is { LabelUuids: null, LabelHash: not null }) ? first.Area.Hash : null,
            ContentUuid = content?.Uuid,
        };
    }

    /// <summary>The evidence for and against one layout.</summary>
    internal LayoutEvidence For(DeviceLayout layout) => new(Identity, Device.Name, layout, Recorded, Labels) { Content = Content };
}
