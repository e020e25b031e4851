namespace Nvdimm.Extensions.Sizing;

/// <summary>What the libvirt and the QEMU of a host do to memory devices, by their versions.</summary>
/// <param name="Libvirt">The row of libvirt.</param>
/// <param name="Qemu">The row of QEMU.</param>
public sealed record HypervisorProfile(LibvirtProfile Libvirt, QemuProfile Qemu)
{
    /// <summary>The oldest pair of rows: libvirt 7.0 and QEMU 5.2.</summary>
    public static HypervisorProfile Oldest { get; } = new(LibvirtProfile.Rows[0], QemuProfile.Rows[0]);

    /// <summary>The newest pair of rows.</summary>
    public static HypervisorProfile Newest { get; } = new(LibvirtProfile.Rows[^1], QemuProfile.Rows[^1]);

    /// <summary>The name: <c>libvirt from 9.8, QEMU from 6.1</c>.</summary>
    public string Name => $"libvirt from {Libvirt.Since}, QEMU from {Qemu.Since}";

    /// <summary>What libvirt rounds <c>&lt;maxMemory&gt;</c> up to for guests of a family.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="family"/> is null.</exception>
    public Alignment MaxMemoryBlock(GuestFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        return LibvirtArithmetic.MaxMemoryBlock(family, Libvirt);
    }

    /// <summary>The rows of two versions; null where one is older than every row.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static HypervisorProfile? For(Version libvirt, Version qemu) =>
        LibvirtProfile.For(libvirt) is { } ofLibvirt && QemuProfile.For(qemu) is { } ofQemu ? new(ofLibvirt, ofQemu) : null;

    /// <summary>
    /// Why a pair that was never checked on a host is taken for known: each version lies between two that were checked elsewhere
    /// (<see cref="LibvirtProfile.Proven"/>, <see cref="QemuProfile.Proven"/>) and whose rows lead to the same sizes, or is a later one of the last
    /// major version that was.
    /// </summary>
    /// <returns>The versions in words, such as <c>libvirt 10.0 is between 9.0 and 11.3, QEMU 8.2 between 7.2 and 10.0</c>; null for a pair that is not known.</returns>
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
        var below = proven.LastOrDefault(known => known <= version);
        var above = proven.FirstOrDefault(known => known > version) ?? (below?.Major == version.Major ? below : null);
        return below is not null && above is not null ? (below, above) : null;
    }

    private static string Place(Version below, Version above) => below == above ? $"{below} or a later version {below.Major}" : $"between {below} and {above}";
}
