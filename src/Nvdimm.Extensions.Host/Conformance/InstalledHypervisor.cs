using Nvdimm.Extensions.Host.HotPlug;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The installed programs, each of which has answered.</summary>
/// <param name="Programs">The programs.</param>
/// <param name="Checks">The checks of sizes, by architecture.</param>
/// <param name="HotPlugs">The probes of hot plug, by architecture.</param>
/// <param name="NotInstalled">The architectures of the default that have no QEMU.</param>
internal sealed record InstalledHypervisor(
    ValueList<ProbedProgram> Programs,
    IReadOnlyDictionary<GuestArchitecture, CaseCheck> Checks,
    IReadOnlyDictionary<GuestArchitecture, QemuHotPlugProbe> HotPlugs,
    ValueList<GuestArchitecture> NotInstalled)
{
    /// <summary>The architectures that have answered, in the requested order.</summary>
    public ValueList<GuestArchitecture> Architectures { get; init; } = [];

    /// <summary>
    /// The profile of the versions that have answered; null if libvirt was not asked, or if a version is older than every row.
    /// </summary>
    public HypervisorProfile? ProfileOf(GuestArchitecture architecture) => ProbedProgram.ProfileOf(Programs, architecture);

    /// <summary>The architecture of the same family that has answered; null where none has.</summary>
    public GuestArchitecture? Like(GuestArchitecture architecture) =>
        Architectures.Where(other => other.Family == architecture.Family).Select(other => (GuestArchitecture?)other).FirstOrDefault();

    /// <summary>The version of QEMU for an architecture that has answered.</summary>
    public Version QemuVersionOf(GuestArchitecture architecture) =>
        Version.Parse(Programs.First(program => program.Name == ProbedProgram.QemuName(architecture)).Version);

    public CaseCheck CheckOf(GuestArchitecture architecture) => Checks[architecture];

    public QemuHotPlugProbe HotPlugOf(GuestArchitecture architecture) => HotPlugs[architecture];

    /// <summary>
    /// Asks each program for its version, and for a domain without an NVDIMM, so that a later refusal must be about the NVDIMM.
    /// </summary>
    /// <exception cref="ProbeException">A program could not be asked, or there is no QEMU at all.</exception>
    public static async Task<InstalledHypervisor> FindAsync(ConformanceOptions options, CancellationToken cancellationToken)
    {
        var programs = options.Programs;
        var probed = new List<ProbedProgram>();
        var libvirt = programs.Connection is { } connection ? new LibvirtProbe(programs, connection) : null;
        if (libvirt is not null)
        {
            probed.Add(new ProbedProgram(
                ProbedProgram.LibvirtName, await libvirt.VersionAsync(cancellationToken).ConfigureAwait(false), programs.Virsh));
        }

        var wanted = options.Architectures.Count > 0
            ? options.Architectures.Distinct().ToValueList()
            : await WithQemuAsync(programs, libvirt, cancellationToken).ConfigureAwait(false);
        var checks = new Dictionary<GuestArchitecture, CaseCheck>();
        var hotPlugs = new Dictionary<GuestArchitecture, QemuHotPlugProbe>();
        foreach (var architecture in wanted)
        {
            var emulator = libvirt is null ? null : await libvirt.EmulatorAsync(architecture, cancellationToken).ConfigureAwait(false);
            var program = programs.QemuOf(architecture) ?? emulator ?? QemuPrograms.Find(architecture) ?? architecture.Family!.QemuProgram;
            var qemu = new QemuProbe(programs, architecture, program);
            var version = await qemu.VersionAsync(cancellationToken).ConfigureAwait(false);
            probed.Add(new ProbedProgram(ProbedProgram.QemuName(architecture), version, program));
            checks[architecture] = new CaseCheck(libvirt, qemu);
            hotPlugs[architecture] = new QemuHotPlugProbe(
                programs, program, QemuProfile.For(Version.Parse(version)) ?? QemuProfile.Rows[0]);
        }

        ValueList<GuestArchitecture> notInstalled = options.Architectures.Count > 0 ? [] : QemuPrograms.Usual.Except(wanted).ToValueList();
        return new InstalledHypervisor(probed.ToValueList(), checks, hotPlugs, notInstalled) { Architectures = wanted };
    }

    /// <summary>Those of the usual architectures that have a QEMU: a chosen one, libvirt's, or without libvirt that of this host.</summary>
    /// <exception cref="ProbeException">None has one, or libvirt could not be asked.</exception>
    private static async Task<ValueList<GuestArchitecture>> WithQemuAsync(
        HypervisorPrograms programs, LibvirtProbe? libvirt, CancellationToken cancellationToken)
    {
        var ofLibvirt = libvirt is null ? null : await libvirt.ArchitecturesAsync(cancellationToken).ConfigureAwait(false);
        var installed = QemuPrograms.Usual
            .Where(architecture => programs.QemuOf(architecture) is not null
                || (ofLibvirt is null ? QemuPrograms.Find(architecture) is not null : ofLibvirt.Contains(architecture.Name)))
            .ToValueList();
        return installed.Count > 0
            ? installed
            : throw new ProbeException(
                QemuPrograms.Usual[0].Family!.QemuProgram,
                ProbeFailure.NotStarted,
                $"{(ofLibvirt is null ? "this host" : $"libvirt ({programs.Connection})")} has no QEMU for "
                    + $"{string.Join(", ", QemuPrograms.Usual.SkipLast(1))} or {QemuPrograms.Usual[^1]} guests, "
                    + $"such as '{QemuPrograms.Usual[0].Family!.QemuProgram}'");
    }
}
