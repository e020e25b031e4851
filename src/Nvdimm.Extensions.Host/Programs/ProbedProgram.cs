using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>A probed program.</summary>
/// <param name="Name"><c>libvirt</c>, or <c>qemu</c> with the guests' architecture: <c>qemu x86_64</c>.</param>
/// <param name="Version">The version that the program reports, such as <c>7.2.22</c>.</param>
/// <param name="Program">The program that was run: a path, or a name in PATH; for libvirt its client.</param>
public sealed record ProbedProgram(string Name, string Version, string Program)
{
    /// <summary>The name of libvirt.</summary>
    internal const string LibvirtName = "libvirt";

    /// <summary>The name of the QEMU for guests of an architecture.</summary>
    internal static string QemuName(GuestArchitecture architecture) => $"qemu {architecture}";

    /// <summary>The version of the program with that name; null if it is not among them, or did not report a version.</summary>
    internal static System.Version? VersionOf(IEnumerable<ProbedProgram> programs, string name) =>
        System.Version.TryParse(programs.FirstOrDefault(program => program.Name == name)?.Version, out var version) ? version : null;

    /// <summary>The programs among these that are a QEMU for guests of a family.</summary>
    internal static IEnumerable<ProbedProgram> QemusOf(IEnumerable<ProbedProgram> programs, GuestFamily family) =>
        programs.Where(program => family.Architectures.Any(architecture => program.Name == QemuName(architecture)));

    /// <summary>
    /// The profile of the libvirt and of the QEMU for guests of an architecture's family; null if one is not among them, or is older than
    /// every row.
    /// </summary>
    internal static HypervisorProfile? ProfileOf(ValueList<ProbedProgram> programs, GuestArchitecture architecture) =>
        VersionOf(programs, LibvirtName) is { } libvirt
        && architecture.Family is { } family
        && QemusOf(programs, family).FirstOrDefault() is { } program
        && VersionOf(programs, program.Name) is { } qemu
            ? HypervisorProfile.For(libvirt, qemu)
            : null;
}
