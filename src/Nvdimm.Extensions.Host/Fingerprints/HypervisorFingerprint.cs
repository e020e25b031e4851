using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Fingerprints;

/// <summary>The result of checking the programs of one host, kept until the programs change.</summary>
public sealed record HypervisorFingerprint
{
    /// <summary>The part of the chain that was checked.</summary>
    public required ConformanceScope Scope { get; init => field = EnumArgument.Checked(value, last: ConformanceScope.QemuAlone); }

    /// <summary>The probed programs, with their versions.</summary>
    public required ValueList<ProbedProgram> Programs { get; init; }

    /// <summary>The files of these programs at the check.</summary>
    public required ValueList<BinaryIdentity> Binaries { get; init; }

    /// <summary>The seed of the random cases.</summary>
    public required int Seed { get; init; }

    /// <summary>The number of probed cases, of sizes and of memory hot plug; above zero.</summary>
    public required int Cases { get; init; }

    /// <summary>The number of cases in which the programs did not behave as predicted.</summary>
    public required int Mismatches { get; init; }

    /// <summary>
    /// The cases that could not be probed. A single one is enough that nothing is verified for guests of its family: an unprobed case never
    /// counts as verified.
    /// </summary>
    public ValueList<UnprobedCase> Unprobed { get; init; } = [];

    /// <summary>The profile of the probed libvirt; null if none was probed, or if its version is unknown.</summary>
    internal LibvirtProfile? Libvirt =>
        ProbedProgram.VersionOf(Programs, ProbedProgram.LibvirtName) is { } version ? LibvirtProfile.For(version) : null;

    /// <summary>
    /// The profile of the probed libvirt and of the QEMU for guests of an architecture; null if one was not probed, or is older than every
    /// row.
    /// </summary>
    public HypervisorProfile? ProfileFor(GuestArchitecture architecture) => ProbedProgram.ProfileOf(Programs, architecture);

    /// <summary>The fingerprint of a finished check.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is null.</exception>
    public static HypervisorFingerprint Of(ConformanceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new HypervisorFingerprint
        {
            Scope = report.Scope,
            Programs = report.Programs,
            Binaries = report.Binaries,
            Seed = report.Seed,
            Cases = report.Cases - report.Unprobed.Count,
            Mismatches = report.MismatchedCases,
            Unprobed = report.Unprobed,
        };
    }

    /// <summary>Why the fingerprint says nothing about guests of an architecture; null if it does.</summary>
    /// <exception cref="IOException">A file exists and cannot be examined.</exception>
    internal string? WhyNotChecked(GuestArchitecture architecture)
    {
        if (Scope != ConformanceScope.LibvirtAndQemu)
        {
            return "libvirt was not asked when QEMU was verified";
        }

        if (Unprobed.FirstOrDefault(open => architecture.Family is { } family && open.Architecture.Family == family) is { } slow)
        {
            return $"a device of {slow.DeviceSize} for {slow.Architecture} guests could not be probed: QEMU took too long";
        }

        var probed = architecture.Family is { } family ? QemuOf(family) : [];
        return probed.Any(program => BinaryIdentity.Of(program) is { } binary && Binaries.Contains(binary))
            ? null
            : $"no QEMU for {architecture} guests was verified";
    }

    /// <summary>
    /// Whether this covers more than another fingerprint of the same programs: libvirt in addition; else a QEMU that the other lacks; else,
    /// with the same QEMUs, fewer unprobed cases; else more cases.
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
            || (!IsOnlyIn(other, this)
                && (Unprobed.Count < other.Unprobed.Count || (Unprobed.Count == other.Unprobed.Count && Cases > other.Cases)));
    }

    private IEnumerable<ProbedProgram> QemuOf(GuestFamily family) => ProbedProgram.QemusOf(Programs, family);
}
