using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>
/// Reads the versions of the installed libvirt and QEMU, for a host on which they were never checked. It does not call libvirt.
/// </summary>
internal static class InstalledVersions
{
    private const string Greeting = "QEMU emulator version ";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The proven versions between which the installed ones lie, in words; null if none is near, or if a version is unknown.
    /// </summary>
    /// <param name="architecture">The guests' architecture.</param>
    /// <param name="root">The folder below which <c>usr</c> is.</param>
    /// <exception cref="IOException">A file exists and cannot be examined.</exception>
    public static string? Near(GuestArchitecture architecture, string root) =>
        architecture.Family is { } family && Libvirt(root) is { } libvirt && Qemu(family, root) is { } qemu
            ? HypervisorProfile.Near(libvirt, qemu)
            : null;

    /// <summary>The version of the library; null if there is none, or if several differ.</summary>
    private static Version? Libvirt(string root)
    {
        var versions = BinaryIdentity.LibraryFolders
            .Select(folder => Path.Join(root, $"{folder}/{LibvirtLibrary.Name}"))
            .Where(File.Exists)
            .Select(path => File.ResolveLinkTarget(path, returnFinalTarget: true)?.Name)
            .OfType<string>()
            .Select(LibvirtLibrary.VersionOf)
            .Distinct()
            .ToArray();
        return versions is [{ } only] ? only : null;
    }

    /// <summary>
    /// The version that QEMU prints; null if there is none, or if two differ, because the domain decides which of them runs.
    /// </summary>
    private static Version? Qemu(GuestFamily family, string root)
    {
        string[] names =
            [$"/usr/bin/{family.QemuProgram}",
             .. family.Architectures.Contains(HostArchitecture.OfGuests) ? QemuPrograms.OfTheHostInUsr : []];
        var versions = names.Select(name => Path.Join(root, name)).Where(File.Exists).Select(VersionOf).Distinct().ToArray();
        return versions is [{ } only] ? only : null;
    }

    /// <summary>
    /// The version that a QEMU prints; null if it prints none. It gets an empty environment: that of a hook contains what the VM's owner
    /// wrote.
    /// </summary>
    private static Version? VersionOf(string program)
    {
        try
        {
            var outcome = BoundedProcess.RunAsync(
                "/usr/bin/env", ["-i", "LC_ALL=C", program, "--version"], "", TimeLimit, CancellationToken.None)
                .GetAwaiter().GetResult();
            return outcome.ExitStatus == 0 && outcome.Output.StartsWith(Greeting, StringComparison.Ordinal)
                && Version.TryParse(outcome.Output[Greeting.Length..].Split([' ', '\n'], 2)[0], out var version)
                ? version
                : null;
        }
        catch (ProbeException)
        {
            // It prints no version, so no row is near.
            return null;
        }
    }
}
