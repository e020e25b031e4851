using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>A use of a device that is to be recorded.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Name">Its kernel name now.</param>
/// <param name="Path">Its device file now.</param>
/// <param name="Layout">The layout that it is used with.</param>
public sealed record LayoutUse(DeviceIdentity Identity, string Name, string Path, DeviceLayout Layout)
{
    /// <summary>The versions of libvirt and QEMU, as text for people; null where they are not known.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>The host; null where it is not known.</summary>
    public string? Host { get; init; }

    /// <summary>The VM's name; null where it is not known.</summary>
    public string? VmName { get; init; }

    /// <summary>The VM's id; null where it is not known.</summary>
    public string? VmId { get; init; }

    /// <summary>The hash of the labels (<see cref="Labels.LabelArea.Hash"/>); null where there are none.</summary>
    public string? LabelHash { get; init; }

    /// <summary>The checksum of the labels (<see cref="Labels.LabelArea.Sum"/>); null where there are none.</summary>
    public string? LabelSum { get; init; }

    /// <summary>The sizes of the label areas that were found on the device, each once; null where nobody looked.</summary>
    public ValueList<ByteSize>? LabelSizes { get; init; }

    /// <summary>The uuid of the raw area under the namespace; null where there is none.</summary>
    public Guid? RawUuid { get; init; }

    /// <summary>The mode of the namespace; <see cref="NamespaceMode.Unknown"/> where it is not known.</summary>
    public NamespaceMode Mode { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The cookie of the region's interleave set; null where it is not known.</summary>
    public string? InterleaveSet { get; init; }

    /// <summary>The ids of the region's DIMMs; empty where they are not known.</summary>
    public ValueList<string> Dimms { get; init; } = [];

    /// <summary>The uuids in the labels that were found on the device; null where nobody looked.</summary>
    public ValueList<Guid>? LabelUuids { get; init; }

    /// <summary>The uuid of the content at the start of the device; null where nobody looked, or it has none.</summary>
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
