using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>A file of the installed programs, with the properties that change when it is replaced or written.</summary>
public sealed record BinaryIdentity
{
    /// <summary>The path, with symbolic links resolved.</summary>
    public required string Path { get; init; }

    /// <summary>The size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>When the content was last changed, in nanoseconds since 1970-01-01 UTC.</summary>
    public required long Modified { get; init; }

    /// <summary>The inode number, which a package manager's replacement changes even if size and time stay.</summary>
    public required long Inode { get; init; }

    private static readonly string[] Daemons = ["/usr/sbin/libvirtd", "/usr/sbin/virtqemud", "/usr/bin/libvirtd", "/usr/bin/virtqemud"];

    /// <summary>The files of libvirt that determine its sizes: its QEMU driver, which the daemons load, and its library.</summary>
    private static readonly string[] Libraries = ["libvirt.so.0", "libvirt/connection-driver/libvirt_driver_qemu.so"];

    internal static IReadOnlyList<string> LibraryFolders { get; } =
        ["/usr/lib64", "/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/powerpc64le-linux-gnu", "/usr/lib/aarch64-linux-gnu"];

    /// <summary>The present files of these programs and of libvirt. It runs no program; missing files are left out.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="programs"/> is null.</exception>
    /// <exception cref="IOException">A file exists and cannot be examined.</exception>
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

    /// <summary>The present file of a program; null if it does not exist.</summary>
    /// <exception cref="IOException">The file exists and cannot be examined.</exception>
    internal static BinaryIdentity? Of(ProbedProgram program) => Of(ProgramPath.Find(program.Program));

    private static BinaryIdentity? Of(string? path) =>
        path is not null && LinuxFile.Identify(path) is { } file
            ? new BinaryIdentity { Path = file.Path, Size = file.Size, Modified = file.Modified, Inode = file.Inode }
            : null;
}
