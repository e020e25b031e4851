using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>The layout of a device in figures: planned, or as it was used. All sizes and offsets are in bytes.</summary>
public sealed record DeviceLayout
{
    /// <summary>The guest's architecture.</summary>
    public required GuestArchitecture Architecture { get; init; }

    /// <summary>The strategy that chose the sizes. Comparisons ignore it: only the figures matter.</summary>
    public required SizingStrategy Strategy { get; init => field = EnumArgument.Checked(value, last: SizingStrategy.Largest); }

    /// <summary>The size of the device.</summary>
    public required ByteSize DeviceSize { get; init; }

    /// <summary>The alignment that QEMU gets.</summary>
    public required Alignment AlignSize { get; init; }

    /// <summary>The size of the label area.</summary>
    public required ByteSize LabelSize { get; init; }

    /// <summary>The target size in the domain XML.</summary>
    public required ByteSize TargetSize { get; init; }

    /// <summary>The size of the backend that libvirt gives QEMU.</summary>
    public required ByteSize BackendSize { get; init; }

    /// <summary>The offset of the labels from the start of the device.</summary>
    public required ByteSize LabelOffset { get; init; }

    /// <summary>The size that the guest sees.</summary>
    public required ByteSize GuestSize { get; init; }

    /// <summary>The uuid that a POWER guest sees; null on other architectures.</summary>
    public Guid? GuestUuid { get; init; }

    /// <summary>The figures of a layout that starts.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="guestUuid">The uuid in the domain XML; required on POWER, null elsewhere.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layout"/> is null.</exception>
    /// <exception cref="ArgumentException">The uuid is missing on POWER, or given elsewhere.</exception>
    public static DeviceLayout Of(NvdimmLayout layout, Guid? guestUuid)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var architecture = layout.Request.Architecture;
        if (architecture.Family!.HasUuid != guestUuid.HasValue)
        {
            throw new ArgumentException("A uuid is part of the layout on POWER and only there", nameof(guestUuid));
        }

        return new DeviceLayout
        {
            Architecture = architecture,
            Strategy = layout.Request.Strategy,
            DeviceSize = layout.Request.DeviceSize,
            AlignSize = layout.AlignSize,
            LabelSize = layout.Request.LabelSize,
            TargetSize = layout.TargetSize,
            BackendSize = layout.BackendSize,
            LabelOffset = layout.LabelOffset,
            GuestSize = layout.GuestSize,
            GuestUuid = guestUuid,
        };
    }

    /// <summary>Whether the figures fit together as QEMU computes them. A record in which one digit has changed does not.</summary>
    internal bool IsConsistent =>
        LabelSize < BackendSize
        && BackendSize <= DeviceSize
        && LabelOffset == BackendSize - LabelSize
        && GuestSize == QemuProfile.GuestSize(BackendSize, LabelSize, AlignSize)
        && GuestSize > ByteSize.Zero
        && Architecture.Family is { } family && family.HasUuid == GuestUuid.HasValue;
}
