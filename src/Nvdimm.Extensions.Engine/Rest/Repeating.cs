using Polly;
using Polly.Retry;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// What is repeated, and when. It stands around the whole exchange, logging in and reading the answer included: a handler below
/// <c>HttpClient</c>, as Microsoft.Extensions.Http.Resilience has them, ends with the headers and does not see a body that breaks off. The budget
/// of the call limits it.
/// </summary>
internal sealed class Repeating
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly ResiliencePropertyKey<CallBudget> Budget = new("nvdimm.call_budget");

    private readonly OvirtClientOptions options;
    private readonly HttpExchange exchange;
    private readonly bool isSafe;
    private readonly ResiliencePipeline pipeline;

    /// <summary>Repeats requests.</summary>
    /// <param name="options">How patiently.</param>
    /// <param name="exchange">Where requests go.</param>
    /// <param name="time">For the pauses.</param>
    /// <param name="isSafe">
    /// Whether the requests change nothing, or nothing more the second time; others are repeated only if they surely did not arrive.
    /// </param>
    public Repeating(OvirtClientOptions options, HttpExchange exchange, TimeProvider time, bool isSafe)
    {
        (this.options, this.exchange, this.isSafe) = (options, exchange, isSafe);
        pipeline = options.MaxRetries == 0 ? ResiliencePipeline.Empty : Pipeline(time);
    }

    /// <summary>Whether a request may have arrived, and nobody knows what became of it.</summary>
    public static bool MayHaveArrived(OvirtException failure) => !SsoSession.IsLogin(failure)
        && failure.Failure is OvirtFailure.ServerFailed or OvirtFailure.Interrupted or OvirtFailure.TimedOut or OvirtFailure.BadAnswer;

    /// <summary>Tries until it works or the budget ends.</summary>
    /// <exception cref="OvirtException">The last try failed.</exception>
    public async Task<T> RunAsync<T>(CallBudget budget, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(Budget, budget);
            return await pipeline.ExecuteAsync(
                static async (context, attempt) => await attempt(context.CancellationToken).ConfigureAwait(false), context, attempt).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static CallBudget BudgetOf(ResilienceContext context) => context.Properties.GetValue(Budget, null!);

    /// <summary>What the engine asks for, within bounds; null for the usual pause.</summary>
    private static TimeSpan? PauseOf(Exception? failure) =>
        failure is OvirtException { RetryAfter: { } pause } ? (pause < LongestPause ? pause : LongestPause) : null;

    private ResiliencePipeline Pipeline(TimeProvider time) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = options.RetryDelay,
            MaxDelay = LongestPause,
            UseJitter = true,
            ShouldHandle = arguments =>
                ValueTask.FromResult(arguments.Outcome.Exception is OvirtException failed && MayRepeat(failed, BudgetOf(arguments.Context))),
            DelayGenerator = arguments => ValueTask.FromResult(PauseOf(arguments.Outcome.Exception)),
            OnRetry = arguments =>
            {
                BudgetOf(arguments.Context).Repeat(arguments.RetryDelay);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    private bool MayRepeat(OvirtException failed, CallBudget budget) =>
        budget.MayRepeatAfter(PauseOf(failed) ?? options.RetryDelay) && (SsoSession.IsLogin(failed) ? MayLogInAgain(failed, budget) : MaySendAgain(failed));

    /// <summary>A password is not sent again to something that answers what no engine answers.</summary>
    private bool MayLogInAgain(OvirtException failed, CallBudget budget) => budget.MayLogIn
        && (failed.Failure is OvirtFailure.ServerFailed or OvirtFailure.Interrupted or OvirtFailure.TimedOut || IsAway(failed));

    private bool MaySendAgain(OvirtException failed) =>
        IsAway(failed) || (isSafe && MayHaveArrived(failed) && failed.InnerException is not UnexpectedAnswerException { IsTooLarge: true });

    /// <summary>An engine that restarts refuses connections for a while. One that has never answered is not there, and nobody should wait for it.</summary>
    private bool IsAway(OvirtException failed) => failed.Failure == OvirtFailure.NotReached && exchange.HasAnswered;
}
