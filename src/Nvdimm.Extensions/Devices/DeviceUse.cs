namespace Nvdimm.Extensions.Devices;

/// <summary>The host's own use of a device, which no listing shows.</summary>
/// <param name="IsReadOnly">Whether the kernel refuses writes.</param>
/// <param name="Uses">
/// The uses in words: <c>mounted on /data</c>, <c>held by dm-0</c>, <c>swap</c>. Empty if the host does not use it.
/// </param>
public sealed record DeviceUse(bool IsReadOnly, ValueList<string> Uses)
{
    /// <summary>A device that is writable and not in use.</summary>
    public static DeviceUse Free { get; } = new(IsReadOnly: false, []);

    private const string Mounted = "mounted on ";

    /// <summary>Returns the words for a mounted file system: <c>mounted on /data</c>.</summary>
    /// <param name="folder">The mount point.</param>
    /// <exception cref="ArgumentNullException"><paramref name="folder"/> is null.</exception>
    public static string MountedOn(string folder) => Mounted + NullArgument.Checked(folder, nameof(folder));

    /// <summary>The short form of a use for a table: for a mount only the mount point.</summary>
    internal static string Short(string use) => use.StartsWith(Mounted, StringComparison.Ordinal) ? use[Mounted.Length..] : use;

    /// <summary>Creates the finding <see cref="NvdimmCodes.HostUseUnknown"/>: the host's use of a device could not be read.</summary>
    /// <param name="device">The device.</param>
    /// <param name="reason">The reason, as the system reports it.</param>
    /// <param name="severity">Error if a start or a write depends on the answer.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> or <paramref name="reason"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="severity"/> is not a defined value.</exception>
    public static Finding Unknown(string device, string reason, Severity severity)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(reason);
        return Finding.Warning(NvdimmCodes.HostUseUnknown, ("device", device), ("reason", reason)) with
        {
            Severity = EnumArgument.Checked(severity, last: Severity.Error, nameof(severity)),
        };
    }
}
