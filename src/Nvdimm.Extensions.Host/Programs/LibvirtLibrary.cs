using System.Globalization;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>libvirt's library. Its file name contains its version: <c>libvirt.so.0.9000.3</c> is 9.0.3.</summary>
// libvirt v9.0.0 meson.build, libvirt_lib_version.
internal static class LibvirtLibrary
{
    /// <summary>The link to the file, without a version in its name.</summary>
    public const string Name = "libvirt.so.0";

    /// <summary>The version in the name of a file; null if it has none.</summary>
    public static Version? VersionOf(string file) =>
        file.StartsWith($"{Name}.", StringComparison.Ordinal) && file[(Name.Length + 1)..].Split('.') is [var number, var micro]
            && Number(number) is { } release && Number(micro) is { } last
            ? new Version(release / 1000, release % 1000, last)
            : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
