namespace Nvdimm.Extensions.Sizing;

/// <summary>How the libvirt and the QEMU of a host treat memory devices, by their versions.</summary>
/// <param name="Libvirt">The rules of the libvirt version.</param>
/// <param name="Qemu">The rules of the QEMU version.</param>
public sealed record HypervisorProfile(LibvirtProfile Libvirt, QemuProfile Qemu)
{
    /// <summary>The oldest pair of rows: libvirt 7.0 and QEMU 5.2.</summary>
    public static HypervisorProfile Oldest { get; } = new(LibvirtProfile.Rows[0], QemuProfile.Rows[0]);

    /// <summary>The newest pair of rows.</summary>
    public static HypervisorProfile Newest { get; } = new(LibvirtProfile.Rows[^1], QemuProfile.Rows[^1]);

    /// <summary>The name: <c>libvirt from 9.8, QEMU from 6.1</c>.</summary>
    public string Name => $"libvirt from {Libvirt.Since}, QEMU from {Qemu.Since}";

    /// <summary>The unit to which libvirt rounds <c>&lt;maxMemory&gt;</c> up for guests of a family.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="family"/> is null.</exception>
    public Alignment MaxMemoryBlock(GuestFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        return LibvirtArithmetic.MaxMemoryBlock(family, Libvirt);
    }

    /// <summary>The rows of two versions; null if either version is older than every row.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static HypervisorProfile? For(Version libvirt, Version qemu)
    {
        ArgumentNullException.ThrowIfNull(libvirt);
        ArgumentNullException.ThrowIfNull(qemu);
        return LibvirtProfile.For(libvirt) is { } ofLibvirt && QemuProfile.For(qemu) is { } ofQemu ? new(ofLibvirt, ofQemu) : null;
    }

    /// <summary>
    /// Explains why a pair of versions that was never verified on a host is trusted. Each version must lie between two verified ones
    /// (<see cref="LibvirtProfile.Proven"/>, <see cref="QemuProfile.Proven"/>), which for libvirt lead to the same sizes; or it is a later
    /// version of the last major version that was verified.
    /// </summary>
    /// <returns>
    /// The explanation, such as <c>libvirt 10.0 is between 9.0 and 11.3, QEMU 8.2 between 7.2 and 10.0</c>; null for a pair that is not
    /// trusted.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static string? Near(Version libvirt, Version qemu)
    {
        ArgumentNullException.ThrowIfNull(libvirt);
        ArgumentNullException.ThrowIfNull(qemu);
        return Around(LibvirtProfile.Proven, libvirt) is var (below, above)
            && LibvirtProfile.For(below)?.Sizes == LibvirtProfile.For(above)?.Sizes
            && Around(QemuProfile.Proven, qemu) is var (older, newer)
                ? $"libvirt {libvirt} is {Place(below, above)}, QEMU {qemu} {Place(older, newer)}"
                : null;
    }

    private static (Version Below, Version Above)? Around(ValueList<Version> proven, Version version)
    {
        var below = proven.LastOrDefault(verified => verified <= version);
        var above = proven.FirstOrDefault(verified => verified > version) ?? (below?.Major == version.Major ? below : null);
        return below is not null && above is not null ? (below, above) : null;
    }

    private static string Place(Version below, Version above) =>
        below == above ? $"{below} or a later version {below.Major}" : $"between {below} and {above}";
}
