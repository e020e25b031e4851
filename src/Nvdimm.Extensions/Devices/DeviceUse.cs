namespace Nvdimm.Extensions.Devices;

/// <summary>What the host does with a device by itself, which no listing shows.</summary>
/// <param name="IsReadOnly">Whether the kernel refuses writes.</param>
/// <param name="Uses">Who has it, in words for people: <c>mounted on /data</c>, <c>held by dm-0</c>, <c>swap</c>. Empty where nobody has.</param>
public sealed record DeviceUse(bool IsReadOnly, ValueList<string> Uses)
{
    /// <summary>Writable and not in use.</summary>
    public static DeviceUse Free { get; } = new(IsReadOnly: false, []);

    private const string Mounted = "mounted on ";

    /// <summary>The use of a file system that is mounted: <c>mounted on /data</c>.</summary>
    /// <param name="folder">The mount point.</param>
    public static string MountedOn(string folder) => Mounted + folder;

    /// <summary>A use in as few words as a table has room for: of a mount only the mount point.</summary>
    internal static string Short(string use) => use.StartsWith(Mounted, StringComparison.Ordinal) ? use[Mounted.Length..] : use;

    /// <summary>The finding <see cref="NvdimmCodes.HostUseUnknown"/>: what the host does with a device could not be read.</summary>
    /// <param name="device">The device.</param>
    /// <param name="reason">Why, as the system says it.</param>
    /// <param name="severity">An error where a start or a write depends on it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="severity"/> has no such value.</exception>
    public static Finding Unknown(string device, string reason, Severity severity) =>
        Finding.Warning(NvdimmCodes.HostUseUnknown, ("device", device), ("reason", reason)) with { Severity = EnumArgument.Checked(severity, nameof(severity)) };
}
