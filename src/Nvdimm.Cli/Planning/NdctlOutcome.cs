using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Planning;

/// <summary>What came of looking at the installed ndctl. Nothing of it is about sizes, so that it changes no exit status.</summary>
/// <param name="Check">What it prints; null where it could not be asked.</param>
/// <param name="Failure">Why not; null otherwise.</param>
internal sealed record NdctlOutcome(NdctlCheck? Check, NdctlException? Failure)
{
    /// <summary>Whether it is not there at all.</summary>
    public bool IsAbsent => Failure is { Failure: NdctlFailure.NotStarted };

    /// <summary>Asks it.</summary>
    public static async Task<NdctlOutcome> OfAsync(Func<CancellationToken, Task<NdctlCheck>> check, CancellationToken cancellationToken)
    {
        try
        {
            return new NdctlOutcome(await check(cancellationToken).ConfigureAwait(false), null);
        }
        catch (NdctlException failure)
        {
            return new NdctlOutcome(null, failure);
        }
    }
}
