using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>A file that the installed programs consist of, and what changes when it is replaced or written.</summary>
/// <param name="Path">Its path, with symbolic links resolved.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Modified">When its content was last changed, in nanoseconds since 1970-01-01 UTC.</param>
/// <param name="Inode">Its inode, which a package manager's replacement changes even where size and time stay.</param>
public sealed record BinaryIdentity(string Path, long Size, long Modified, long Inode)
{
    private static readonly string[] Daemons = ["/usr/sbin/libvirtd", "/usr/sbin/virtqemud", "/usr/bin/libvirtd", "/usr/bin/virtqemud"];

    /// <summary>What decides libvirt's sizes: its QEMU driver, which the daemons load, and its library.</summary>
    private static readonly string[] Libraries = ["libvirt.so.0", "libvirt/connection-driver/libvirt_driver_qemu.so"];

    internal static IReadOnlyList<string> LibraryFolders { get; } =
        ["/usr/lib64", "/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/powerpc64le-linux-gnu", "/usr/lib/aarch64-linux-gnu"];

    /// <summary>The files of these programs, and libvirt's, as they are now. Runs no program; a file that is not there is left out.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="programs"/> is null.</exception>
    /// <exception cref="IOException">A file is there but cannot be looked at.</exception>
    public static ValueList<BinaryIdentity> OfHypervisor(IEnumerable<ProbedProgram> programs)
    {
        ArgumentNullException.ThrowIfNull(programs);
        return programs.Select(program => ProgramPath.Find(program.Program))
            .Concat(Daemons)
            .Concat(LibraryFolders.SelectMany(folder => Libraries.Select(library => System.IO.Path.Combine(folder, library))))
            .Select(Of)
            .OfType<BinaryIdentity>()
            .Distinct()
            .OrderBy(binary => binary.Path, StringComparer.Ordinal)
            .ToValueList();
    }

    /// <summary>The file of a program as it is now; null where it is not there.</summary>
    /// <exception cref="IOException">The file is there but cannot be looked at.</exception>
    internal static BinaryIdentity? Of(ProbedProgram program) => Of(ProgramPath.Find(program.Program));

    private static BinaryIdentity? Of(string? path) =>
        path is not null && LinuxFile.Identify(path) is { } file ? new BinaryIdentity(file.Path, file.Size, file.Modified, file.Inode) : null;
}
