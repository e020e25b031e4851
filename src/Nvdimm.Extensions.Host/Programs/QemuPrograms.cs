using System.Runtime.InteropServices;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>Finds the QEMU programs of this host, and the guests that they are for.</summary>
internal static class QemuPrograms
{
    // libvirt v9.0.0 src/qemu/qemu_capabilities.c, virQEMUCapsGetDefaultEmulator: the names in EL and Fedora of the QEMU for guests of the
    // host's own architecture. EL9 has only the second one.
    private static readonly string[] OfTheHost = ["qemu-kvm", "/usr/libexec/qemu-kvm"];

    /// <summary>The paths of these programs.</summary>
    public static IReadOnlyList<string> OfTheHostInUsr { get; } =
        [.. OfTheHost.Select(name => name.StartsWith('/') ? name : $"/usr/bin/{name}")];

    /// <summary>The architectures that are checked if none is named: one of each family.</summary>
    public static ValueList<GuestArchitecture> Usual { get; } = [.. GuestFamily.All.Select(family => family.Architectures[0])];

    /// <summary>The program: by its usual name in PATH, else the host's own QEMU; null if there is none.</summary>
    public static string? Find(GuestArchitecture architecture) =>
        new[] { architecture.Family!.QemuProgram }.Concat(IsOfTheHost(architecture) ? OfTheHost : [])
            .FirstOrDefault(name => File.Exists(ProgramPath.Find(name)));

    private static bool IsOfTheHost(GuestArchitecture architecture) =>
        architecture.Family!.HostArchitecture == RuntimeInformation.OSArchitecture;
}
