using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>A use of a device that is to be recorded.</summary>
public sealed record LayoutUse
{
    /// <summary>The device.</summary>
    public required DeviceIdentity Identity { get; init; }

    /// <summary>The present kernel name.</summary>
    public required string Name { get; init; }

    /// <summary>The present device file.</summary>
    public required string Path { get; init; }

    /// <summary>The layout of this use.</summary>
    public required DeviceLayout Layout { get; init; }

    /// <summary>The versions of libvirt and QEMU, as text; null if unknown.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>The host; null if unknown.</summary>
    public string? Host { get; init; }

    /// <summary>The VM's name; null if unknown.</summary>
    public string? VmName { get; init; }

    /// <summary>The VM's id; null if unknown.</summary>
    public string? VmId { get; init; }

    /// <summary>The hash of the labels (<see cref="Labels.LabelArea.Hash"/>); null if there are none.</summary>
    public string? LabelHash { get; init; }

    /// <summary>The checksum of the labels (<see cref="Labels.LabelArea.Sum"/>); null if there are none.</summary>
    public string? LabelSum { get; init; }

    /// <summary>The distinct sizes of the label areas on the device; null if they were not read.</summary>
    public ValueList<ByteSize>? LabelSizes { get; init; }

    /// <summary>The uuid of the raw area under the namespace; null if there is none.</summary>
    public Guid? RawUuid { get; init; }

    /// <summary>The mode of the namespace; <see cref="NamespaceMode.Unknown"/> if unknown.</summary>
    public NamespaceMode Mode { get; init => field = EnumArgument.Checked(value, last: NamespaceMode.Devdax); }

    /// <summary>The cookie of the region's interleave set; null if unknown.</summary>
    public string? InterleaveSet { get; init; }

    /// <summary>The ids of the region's DIMMs; empty if unknown.</summary>
    public ValueList<string> Dimms { get; init; } = [];

    /// <summary>The dirty shutdowns of the region's DIMMs (<see cref="NvdimmDevice.DirtyShutdowns"/>); null if unknown.</summary>
    public long? DirtyShutdowns { get; init; }

    /// <summary>The uuids in the labels on the device; null if they were not read.</summary>
    public ValueList<Guid>? LabelUuids { get; init; }

    /// <summary>The uuid of the content at the start of the device; null if it was not read, or has none.</summary>
    public string? ContentUuid { get; init; }

    /// <exception cref="ArgumentException">The figures of the layout contradict each other.</exception>
    internal static void RequireConsistent(LayoutUse use)
    {
        if (!use.Layout.IsConsistent)
        {
            throw new ArgumentException("The figures of the layout contradict each other", nameof(use));
        }
    }
}
