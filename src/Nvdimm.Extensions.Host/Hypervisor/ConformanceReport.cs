namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>What the installed programs do, compared with what the sizer predicts.</summary>
/// <param name="Scope">What part of the chain was checked.</param>
/// <param name="Programs">The programs that were probed, and their versions.</param>
/// <param name="Binaries">The files that these programs consist of, as they were before the first case.</param>
/// <param name="Seed">What the random cases came from.</param>
/// <param name="Groups">The cases by architecture, then by alignment.</param>
/// <param name="Mismatches">Every mismatch, in the order of the cases.</param>
public sealed record ConformanceReport(
    ConformanceScope Scope,
    ValueList<ProbedProgram> Programs,
    ValueList<BinaryIdentity> Binaries,
    int Seed,
    ValueList<ConformanceGroup> Groups,
    ValueList<ConformanceMismatch> Mismatches)
{
    /// <summary>How many cases there were.</summary>
    public int Cases => Groups.Sum(group => group.Cases);

    /// <summary>Whether the programs do what is predicted, in every case that could be probed.</summary>
    public bool Conforms => Mismatches.Count == 0;
}
