using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Planning;

/// <summary>The outcome of checking the installed ndctl. It does not concern sizes, so it never changes the exit status.</summary>
/// <param name="Check">What ndctl prints; null if it could not be run.</param>
/// <param name="Failure">Why it could not be run; null otherwise.</param>
internal sealed record NdctlOutcome(NdctlCheckResult? Check, NdctlException? Failure)
{
    /// <summary>Whether ndctl is not installed.</summary>
    public bool IsAbsent => Failure is { Failure: NdctlFailure.NotStarted };

    /// <summary>Runs the check.</summary>
    public static async Task<NdctlOutcome> OfAsync(
        Func<CancellationToken, Task<NdctlCheckResult>> check, CancellationToken cancellationToken)
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
