using System.Runtime.InteropServices;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>Where QEMU is on this host, and for which guests.</summary>
internal static class QemuPrograms
{
    // libvirt v9.0.0 src/qemu/qemu_capabilities.c, virQEMUCapsGetDefaultEmulator: QEMU for guests of the host's own architecture, as EL and
    // Fedora name it. EL9 has only the second one.
    private static readonly string[] OfTheHost = ["qemu-kvm", "/usr/libexec/qemu-kvm"];

    /// <summary>The same as files.</summary>
    public static IReadOnlyList<string> OfTheHostInUsr { get; } = [.. OfTheHost.Select(name => name.StartsWith('/') ? name : $"/usr/bin/{name}")];

    /// <summary>The architectures that are checked where none is named: one of each family.</summary>
    public static ValueList<GuestArchitecture> Usual { get; } = [.. GuestFamily.All.Select(family => family.Architectures[0])];

    /// <summary>The program: by its usual name in PATH, then as the host's own QEMU; null where there is none.</summary>
    public static string? Find(GuestArchitecture architecture) =>
        new[] { architecture.Family!.QemuProgram }.Concat(IsOfTheHost(architecture) ? OfTheHost : []).FirstOrDefault(name => File.Exists(ProgramPath.Find(name)));

    /// <summary>Those of the usual architectures that have a QEMU: a chosen one, libvirt's, or without libvirt that of this host.</summary>
    /// <exception cref="ProbeException">None has one, or libvirt could not be asked.</exception>
    public static async Task<ValueList<GuestArchitecture>> InstalledAsync(
        HypervisorPrograms programs, LibvirtProbe? libvirt, CancellationToken cancellationToken)
    {
        var known = libvirt is null ? null : await libvirt.ArchitecturesAsync(cancellationToken).ConfigureAwait(false);
        var installed = Usual
            .Where(architecture => programs.QemuOf(architecture) is not null
                || (known is null ? Find(architecture) is not null : known.Contains(architecture.Name)))
            .ToValueList();
        return installed.Count > 0
            ? installed
            : throw new ProbeException(
                Usual[0].Family!.QemuProgram,
                ProbeFailure.NotStarted,
                $"{(known is null ? "this host" : $"libvirt ({programs.Connection})")} has no QEMU for {string.Join(", ", Usual.SkipLast(1))} or {Usual[^1]} guests, such as "
                    + $"'{Usual[0].Family!.QemuProgram}'");
    }

    private static bool IsOfTheHost(GuestArchitecture architecture) => architecture.Family!.HostArchitecture == RuntimeInformation.OSArchitecture;
}
