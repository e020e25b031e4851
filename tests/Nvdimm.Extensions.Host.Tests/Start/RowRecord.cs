using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What the ledger has of the device of a row.</summary>
internal sealed record RowRecord
{
    /// <summary>The device's size then, in bytes; null for the size that it has now.</summary>
    public long? DeviceSize { get; init; }

    public GuestArchitecture? Architecture { get; init; }

    public long Target { get; init; } = RowNames.EngineTarget;

    public long Align { get; init; } = 2 * RowNames.MiB;

    /// <summary>The label size in bytes; zero for none.</summary>
    public long Label { get; init; } = 128 * RowNames.KiB;

    public Guid? Uuid { get; init; }

    public string? VmName { get; init; } = RowNames.Vm;

    public string? VmId { get; init; } = RowNames.VmId;

    /// <summary>The labels at that time; null for none.</summary>
    public RowLabels? Labels { get; init; }

    /// <summary>Whether it is of version 1, which knows no checksum.</summary>
    public bool IsVersion1 { get; init; }

    /// <summary>The VMs that may share the device; empty for no permission.</summary>
    public ValueList<string> Sharing { get; init; } = [];

    /// <summary>The use that is recorded.</summary>
    public LayoutUse Use(StartRow row, DeviceIdentity identity, string path) => new()
    {
        Identity = identity,
        Name = row.Device.Name,
        Path = path,
        Layout = Layout(row),
        VmName = VmName,
        VmId = VmId,
        LabelHash = Labels?.Area.Hash,
        LabelSum = IsVersion1 ? null : Labels?.Area.Sum,
        RawUuid = row.Device.RawUuid,
    };

    /// <summary>The record.</summary>
    public LayoutRecord Of(StartRow row)
    {
        var use = Use(row, DeviceIdentity.Of(row.Device), row.Device.Path!);
        return new LayoutRecord
        {
            Identity = use.Identity,
            Name = use.Name,
            Path = use.Path,
            FirstRecorded = DateTimeOffset.UnixEpoch,
            Layout = use.Layout,
            VmName = use.VmName,
            VmId = use.VmId,
            LabelHash = use.LabelHash,
            LabelSum = use.LabelSum,
            RawUuid = use.RawUuid,
            LastUsed = DateTimeOffset.UnixEpoch,
            LastChanged = DateTimeOffset.UnixEpoch,
            Sharing = Sharing.Count == 0 ? null : new DeviceSharing
            {
                Vms = Sharing,
                At = DateTimeOffset.UnixEpoch,
                By = "root",
                Note = null,
            },
        };
    }

    private DeviceLayout Layout(StartRow row)
    {
        var size = DeviceSize is { } then ? ByteSize.FromBytes(then) : row.Device.Size!.Value;
        var request = new SizingRequest(Architecture ?? row.Architecture, size) { LabelSize = ByteSize.FromBytes(Label) };
        var layout = NvdimmSizer.Keep(request, ByteSize.FromBytes(Target), Alignment.FromBytes(Align)).Layout;
        return DeviceLayout.Of(layout ?? throw new InvalidOperationException($"{row}: the recorded layout does not start"), Uuid);
    }
}
