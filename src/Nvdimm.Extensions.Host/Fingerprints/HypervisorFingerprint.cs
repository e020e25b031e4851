using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Fingerprints;

/// <summary>What was found out about the programs of one host, kept so that it need not be found out again until they change.</summary>
/// <param name="Scope">What part of the chain was checked.</param>
/// <param name="Programs">The programs that were probed, and their versions.</param>
/// <param name="Binaries">The files that these programs consisted of.</param>
/// <param name="Seed">What the random cases came from.</param>
/// <param name="Cases">How many cases were probed, of sizes and of memory hot plug; above zero.</param>
/// <param name="Mismatches">In how many of them the programs did something else than predicted.</param>
public sealed record HypervisorFingerprint(
    ConformanceScope Scope, ValueList<ProbedProgram> Programs, ValueList<BinaryIdentity> Binaries, int Seed, int Cases, int Mismatches)
{
    /// <summary>What part of the chain was checked.</summary>
    public ConformanceScope Scope { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Scope);

    /// <summary>
    /// The cases that could not be probed. One of them is enough that nothing is verified for guests of its family: an unprobed case never counts as
    /// verified.
    /// </summary>
    public ValueList<UnprobedCase> Unprobed { get; init; } = [];

    /// <summary>The row of the libvirt that was probed; null where none was, or its version is not known.</summary>
    internal LibvirtProfile? Libvirt =>
        ProbedProgram.VersionOf(Programs, ProbedProgram.LibvirtName) is { } version ? LibvirtProfile.For(version) : null;

    /// <summary>The rows of the libvirt and the QEMU that were probed for guests of an architecture; null where one was not, or is older than every row.</summary>
    public HypervisorProfile? ProfileFor(GuestArchitecture architecture) =>
        ProbedProgram.VersionOf(Programs, ProbedProgram.LibvirtName) is { } libvirt
        && architecture.Family is { } family
        && QemuOf(family).Select(program => ProbedProgram.VersionOf([program], program.Name)).FirstOrDefault() is { } qemu
            ? HypervisorProfile.For(libvirt, qemu)
            : null;

    /// <summary>The fingerprint of a check that has just run.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is null.</exception>
    public static HypervisorFingerprint Of(ConformanceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new HypervisorFingerprint(report.Scope, report.Programs, report.Binaries, report.Seed, report.Cases - report.Unprobed.Count, report.MismatchedCases)
        {
            Unprobed = report.Unprobed,
        };
    }

    /// <summary>Why this says nothing of guests of an architecture; null where it does.</summary>
    /// <exception cref="IOException">A file is there but cannot be looked at.</exception>
    internal string? GapFor(GuestArchitecture architecture)
    {
        if (Scope != ConformanceScope.LibvirtAndQemu)
        {
            return "libvirt was not asked when QEMU was verified";
        }

        if (Unprobed.FirstOrDefault(open => architecture.Family is { } family && open.Architecture.Family == family) is { } slow)
        {
            return $"a device of {slow.DeviceSize} for {slow.Architecture} guests could not be probed: QEMU took too long";
        }

        var probed = architecture.Family is { } own ? QemuOf(own) : [];
        return probed.Any(program => BinaryIdentity.Of(program) is { } binary && Binaries.Contains(binary))
            ? null
            : $"no QEMU for {architecture} guests was verified";
    }

    /// <summary>
    /// Whether this says more than another fingerprint of the same programs: libvirt was asked as well; or else there is a QEMU that the other
    /// does not have; or else, with the same QEMUs, fewer cases could not be probed; or else there were more cases.
    /// </summary>
    internal bool CoversMoreThan(HypervisorFingerprint other)
    {
        if (Scope != other.Scope)
        {
            return Scope == ConformanceScope.LibvirtAndQemu;
        }

        bool IsOnlyIn(HypervisorFingerprint one, HypervisorFingerprint another) =>
            GuestFamily.All.Any(family => one.QemuOf(family).Any() && !another.QemuOf(family).Any());
        return IsOnlyIn(this, other)
            || (!IsOnlyIn(other, this) && (Unprobed.Count < other.Unprobed.Count || (Unprobed.Count == other.Unprobed.Count && Cases > other.Cases)));
    }

    private IEnumerable<ProbedProgram> QemuOf(GuestFamily family) =>
        Programs.Where(program => family.Architectures.Any(architecture => program.Name == ProbedProgram.QemuName(architecture)));
}
