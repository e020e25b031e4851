using Polly;
using Polly.Retry;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// What is repeated, and when. It stands around the whole exchange, reading the answer included: a handler below <c>HttpClient</c>, as
/// Microsoft.Extensions.Http.Resilience has them, ends with the headers and does not see a body that breaks off.
/// </summary>
internal static class Repeating
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>For requests that change nothing, or nothing more the second time.</summary>
    public static ResiliencePipeline Safe(OvirtClientOptions options, TimeProvider time) => Of(options, time, MayHaveArrived);

    /// <summary>For requests that change something: only where they surely did not arrive.</summary>
    public static ResiliencePipeline Unsafe(OvirtClientOptions options, TimeProvider time) => Of(options, time, _ => false);

    /// <summary>Whether a request may have arrived, and nobody knows what became of it.</summary>
    public static bool MayHaveArrived(OvirtException failure) =>
        failure.Failure is OvirtFailure.ServerFailed or OvirtFailure.Interrupted or OvirtFailure.TimedOut or OvirtFailure.BadAnswer;

    private static ResiliencePipeline Of(OvirtClientOptions options, TimeProvider time, Func<OvirtException, bool> alsoRepeated)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.RetryDelay,
                MaxDelay = LongestPause,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<OvirtException>(failed => failed.Failure == OvirtFailure.NotReached || alsoRepeated(failed)),
                DelayGenerator = outcome => ValueTask.FromResult(PauseOf(outcome.Outcome.Exception)),
            });
        }

        return builder.Build();
    }

    /// <summary>What the engine asks for, within bounds; null for the usual pause.</summary>
    private static TimeSpan? PauseOf(Exception? failure) =>
        failure is OvirtException { RetryAfter: { } pause } ? (pause < LongestPause ? pause : LongestPause) : null;
}
