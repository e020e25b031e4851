using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ownership;

/// <summary>
/// The facts known of a device at one moment, by which it can later be told from other devices (<see cref="Sameness.Compare"/>). Only the
/// name is always present; a null fact is not known.
/// </summary>
/// <param name="Name">The kernel name, which can mean another device after a reboot; for a file its path.</param>
public sealed record DeviceFacts(string Name)
{
    /// <summary>
    /// The host (<c>machine-id(5)</c>, or the caller's own name for it). Names, paths and interleave sets of different hosts are not
    /// comparable. Null if it is not known; then the host counts as the same.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>The UUID; never all zeros.</summary>
    public Guid? Uuid { get; init; }

    /// <summary>
    /// The UUID of the raw area under the namespace; never all zeros. Null if the namespace exposes its raw area, whose UUID is then
    /// <see cref="Uuid"/>.
    /// </summary>
    public Guid? RawUuid { get; init; }

    /// <summary>The identity of a regular file; null for a namespace.</summary>
    public FileIdentity? File { get; init; }

    /// <summary>
    /// The cookie of the region's interleave set, as sysfs writes it (<c>set_cookie</c>). It follows from the DIMMs and their order, and
    /// stays when the kernel renumbers regions. It is known and compared only without a <see cref="RawUuid"/>.
    /// </summary>
    public string? InterleaveSet { get; init; }

    /// <summary>The ids of the DIMMs, in their order in the interleave set; empty if they are not known.</summary>
    public ValueList<string> Dimms { get; init; } = [];

    /// <summary>The device file.</summary>
    public string? Path { get; init; }

    /// <summary>The size of the device file in bytes.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>The mode; <see cref="NamespaceMode.Unknown"/> if it is not known.</summary>
    public NamespaceMode Mode { get; init => field = EnumArgument.Checked(value, last: NamespaceMode.Devdax); }

    /// <summary>
    /// The UUIDs in the labels that a guest wrote on the device; null if the labels were not read, empty if there are none.
    /// </summary>
    public ValueList<Guid>? LabelUuids { get; init; }

    /// <summary>The hash of the labels: 64 lower-case hexadecimal digits.</summary>
    public string? LabelHash { get; init; }

    /// <summary>The UUID of a file system, volume or partition table at the start of the device, as <c>blkid</c> writes it.</summary>
    public string? ContentUuid { get; init; }

    /// <summary>Whether the device is a regular file, not a namespace.</summary>
    public bool IsFile => File is not null || Name.StartsWith('/');

    /// <summary>
    /// Takes the facts from a listed device. A dax device that is not the whole namespace (<see cref="NvdimmCodes.DaxSizeMismatch"/>) gets
    /// no UUIDs, since those identify the whole namespace.
    /// </summary>
    /// <param name="device">The listed device.</param>
    /// <param name="host">The host on which it was listed; null if it is not known.</param>
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
