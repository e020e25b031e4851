namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>The installed programs, each of which has answered.</summary>
/// <param name="Programs">What they are.</param>
/// <param name="Judges">Who asks them for sizes, by architecture.</param>
/// <param name="HotPlugs">Who plugs memory, by architecture.</param>
internal sealed record InstalledHypervisor(
    ValueList<ProbedProgram> Programs,
    IReadOnlyDictionary<GuestArchitecture, CaseJudge> Judges,
    IReadOnlyDictionary<GuestArchitecture, QemuHotPlugProbe> HotPlugs)
{
    public CaseJudge JudgeOf(GuestArchitecture architecture) => Judges[architecture];

    public QemuHotPlugProbe HotPlugOf(GuestArchitecture architecture) => HotPlugs[architecture];

    /// <summary>Asks each for its version, and for a domain without an NVDIMM, so that a later refusal is about the NVDIMM.</summary>
    /// <exception cref="ProbeException">One could not be asked.</exception>
    public static async Task<InstalledHypervisor> FindAsync(ConformanceOptions options, CancellationToken cancellationToken)
    {
        var programs = options.Programs;
        var found = new List<ProbedProgram>();
        var libvirt = programs.Connection is { } connection ? new LibvirtProbe(programs, connection) : null;
        if (libvirt is not null)
        {
            found.Add(new ProbedProgram("libvirt", await libvirt.VersionAsync(cancellationToken).ConfigureAwait(false), programs.Virsh));
        }

        var judges = new Dictionary<GuestArchitecture, CaseJudge>();
        var hotPlugs = new Dictionary<GuestArchitecture, QemuHotPlugProbe>();
        foreach (var architecture in options.Architectures.Distinct())
        {
            var emulator = libvirt is null ? null : await libvirt.EmulatorAsync(architecture, cancellationToken).ConfigureAwait(false);
            var program = programs.QemuOf(architecture) ?? emulator ?? (architecture.IsPower ? "qemu-system-ppc64" : "qemu-system-x86_64");
            var qemu = new QemuProbe(programs, architecture, program);
            found.Add(new ProbedProgram($"qemu {architecture}", await qemu.VersionAsync(cancellationToken).ConfigureAwait(false), program));
            judges[architecture] = new CaseJudge(libvirt, qemu);
            hotPlugs[architecture] = new QemuHotPlugProbe(programs, program);
        }

        return new InstalledHypervisor(found.ToValueList(), judges, hotPlugs);
    }
}
