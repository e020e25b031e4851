using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>The layout of a device in figures: planned, or as it was used. All sizes and offsets are in bytes.</summary>
public sealed record DeviceLayout
{
    /// <summary>The guest's architecture.</summary>
    public required GuestArchitecture Architecture { get; init; }

    /// <summary>How the sizes were chosen. Not part of what is compared: it is the figures that matter.</summary>
    public required SizingStrategy Strategy { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The size of the device.</summary>
    public required ByteSize DeviceSize { get; init; }

    /// <summary>The alignment that QEMU is told.</summary>
    public required Alignment AlignSize { get; init; }

    /// <summary>The size of the label area.</summary>
    public required ByteSize LabelSize { get; init; }

    /// <summary>The target size in the domain XML.</summary>
    public required ByteSize TargetSize { get; init; }

    /// <summary>What libvirt gives QEMU.</summary>
    public required ByteSize BackendSize { get; init; }

    /// <summary>Where the labels start.</summary>
    public required ByteSize LabelOffset { get; init; }

    /// <summary>What the guest sees.</summary>
    public required ByteSize GuestSize { get; init; }

    /// <summary>The uuid that a POWER guest sees; null on other architectures.</summary>
    public Guid? GuestUuid { get; init; }

    /// <summary>The figures of a layout that starts.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="guestUuid">The uuid in the domain XML: on POWER and only there.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layout"/> is null.</exception>
    /// <exception cref="ArgumentException">The uuid is missing on POWER, or there is one elsewhere.</exception>
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

    /// <summary>Whether the figures fit together as QEMU would have made them: a record of which one digit has changed does not.</summary>
    internal bool IsConsistent =>
        LabelSize < BackendSize
        && BackendSize <= DeviceSize
        && LabelOffset == BackendSize - LabelSize
        && GuestSize == QemuProfile.GuestSize(BackendSize, LabelSize, AlignSize)
        && GuestSize > ByteSize.Zero
        && Architecture.Family is { } family && family.HasUuid == GuestUuid.HasValue;
}
