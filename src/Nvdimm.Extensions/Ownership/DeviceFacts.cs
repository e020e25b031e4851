using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ownership;

/// <summary>
/// What is known of a device at one moment, so that it can be told from others later (<see cref="Sameness.Compare"/>). Only the name is always
/// there; a fact that is null was not to be had.
/// </summary>
/// <param name="Name">The kernel name, which can stand for another device after a reboot; of a file its path.</param>
public sealed record DeviceFacts(string Name)
{
    /// <summary>
    /// The host (<c>machine-id(5)</c>, or what the caller tells hosts apart by). Names, paths and interleave sets of two hosts say nothing of each
    /// other. Null where it is not known, which counts as the same host.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>The uuid; never all zeros.</summary>
    public Guid? Uuid { get; init; }

    /// <summary>The uuid of the raw area under the namespace; never all zeros. Null where the namespace shows its raw area, whose uuid is <see cref="Uuid"/> then.</summary>
    public Guid? RawUuid { get; init; }

    /// <summary>What identifies a regular file; null for a namespace.</summary>
    public FileIdentity? File { get; init; }

    /// <summary>
    /// The cookie of the region's interleave set, as sysfs writes it (<c>set_cookie</c>). It follows from the DIMMs and their order, and stays when
    /// the kernel numbers regions anew. It counts where there is no <see cref="RawUuid"/>, and is known there only.
    /// </summary>
    public string? InterleaveSet { get; init; }

    /// <summary>The ids of the DIMMs, in their order in the interleave set; empty where they are not known.</summary>
    public ValueList<string> Dimms { get; init; } = [];

    /// <summary>The device file.</summary>
    public string? Path { get; init; }

    /// <summary>The size of the device file in bytes.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>The mode; <see cref="NamespaceMode.Unknown"/> where it is not known.</summary>
    public NamespaceMode Mode { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The uuids in the labels that a guest has written on the device; null where nobody looked, empty where there are none.</summary>
    public ValueList<Guid>? LabelUuids { get; init; }

    /// <summary>The hash of the labels: 64 lower-case hexadecimal digits.</summary>
    public string? LabelHash { get; init; }

    /// <summary>The uuid of a file system, volume or partition table at the start of the device, as <c>blkid</c> writes it.</summary>
    public string? ContentUuid { get; init; }

    /// <summary>Whether it is a regular file and no namespace.</summary>
    public bool IsFile => File is not null || Name.StartsWith('/');

    /// <summary>
    /// What a listing knows of a device. A dax device that is not the whole namespace (<see cref="NvdimmCodes.DaxSizeMismatch"/>) is not what has
    /// the namespace's uuids, so it has none.
    /// </summary>
    /// <param name="device">The device as it was listed.</param>
    /// <param name="host">The host that it was listed on; null where that is not known.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    public static DeviceFacts Of(NvdimmDevice device, string? host = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        var isWhole = device.FindingOf(NvdimmCodes.DaxSizeMismatch) is null;
        return new DeviceFacts(device.Name)
        {
            Host = host,
            Uuid = isWhole ? Known(device.Uuid) : null,
            RawUuid = isWhole ? Known(device.RawUuid) : null,
            File = device.File?.Identity,
            InterleaveSet = device.InterleaveSet,
            Dimms = device.Dimms,
            Path = device.Path,
            Size = device.Size,
            Mode = device.Mode,
        };
    }

    private static Guid? Known(Guid? uuid) => uuid == Guid.Empty ? null : uuid;
}
