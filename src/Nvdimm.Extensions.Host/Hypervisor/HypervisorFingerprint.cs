namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>What was found out about the programs of one host, kept so that it need not be found out again until they change.</summary>
/// <param name="Scope">What part of the chain was checked.</param>
/// <param name="Programs">The programs that were probed, and their versions.</param>
/// <param name="Binaries">The files that these programs consisted of.</param>
/// <param name="Seed">What the random cases came from.</param>
/// <param name="Cases">How many cases there were, of sizes and of memory hot plug; above zero.</param>
/// <param name="Mismatches">In how many of them the programs did something else than predicted.</param>
public sealed record HypervisorFingerprint(
    ConformanceScope Scope, ValueList<ProbedProgram> Programs, ValueList<BinaryIdentity> Binaries, int Seed, int Cases, int Mismatches)
{
    /// <summary>The fingerprint of a check that has just run.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is null.</exception>
    public static HypervisorFingerprint Of(ConformanceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new HypervisorFingerprint(report.Scope, report.Programs, report.Binaries, report.Seed, report.Cases, report.MismatchedCases);
    }

    /// <summary>Whether exactly these files were checked, and did in every case what was predicted.</summary>
    public bool IsVerified(ValueList<BinaryIdentity> installed) => Mismatches == 0 && Binaries.Equals(installed);
}
