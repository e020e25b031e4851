using Polly;
using Polly.Retry;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// Repeats whole exchanges, including the login and the reading of the answer, within the budget of the call. A handler below
/// <c>HttpClient</c>, such as those of Microsoft.Extensions.Http.Resilience, sees only the headers and would miss a body that breaks off.
/// Safe for use by several threads.
/// </summary>
internal sealed class RequestRetries
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly ResiliencePropertyKey<CallBudget> Budget = new("nvdimm.call_budget");

    private readonly OvirtClientOptions options;
    private readonly HttpExchange exchange;
    private readonly bool isSafe;
    private readonly ResiliencePipeline pipeline;

    /// <summary>Creates the pipeline that repeats requests.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="exchange">Sends the requests.</param>
    /// <param name="time">The clock for the pauses.</param>
    /// <param name="isSafe">
    /// Whether the requests change nothing, or nothing more the second time. Other requests are repeated only if they certainly did not
    /// arrive.
    /// </param>
    public RequestRetries(OvirtClientOptions options, HttpExchange exchange, TimeProvider time, bool isSafe)
    {
        (this.options, this.exchange, this.isSafe) = (options, exchange, isSafe);
        pipeline = options.MaxRetries == 0 ? ResiliencePipeline.Empty : Pipeline(time);
    }

    /// <summary>Whether a request may have arrived, with an unknown result.</summary>
    public static bool MayHaveArrived(OvirtException failure) => !SsoSession.IsLogin(failure)
        && failure.Failure is OvirtFailure.ServerFailed or OvirtFailure.Interrupted or OvirtFailure.TimedOut or OvirtFailure.BadAnswer;

    /// <summary>Tries until a try succeeds or the budget is used up.</summary>
    /// <exception cref="OvirtException">The last try failed.</exception>
    public async Task<T> RunAsync<T>(CallBudget budget, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(Budget, budget);
            return await pipeline.ExecuteAsync(
                static async (context, attempt) => await attempt(context.CancellationToken).ConfigureAwait(false),
                context,
                attempt).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static CallBudget BudgetOf(ResilienceContext context) => context.Properties.GetValue(Budget, null!);

    /// <summary>The pause that the engine asks for, at most 30 seconds; null for the usual pause.</summary>
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
                ValueTask.FromResult(
                    arguments.Outcome.Exception is OvirtException failed && MayRepeat(failed, BudgetOf(arguments.Context))),
            DelayGenerator = arguments => ValueTask.FromResult(PauseOf(arguments.Outcome.Exception)),
            OnRetry = arguments =>
            {
                BudgetOf(arguments.Context).Repeat(arguments.RetryDelay);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    private bool MayRepeat(OvirtException failed, CallBudget budget) =>
        budget.MayRepeatAfter(PauseOf(failed) ?? options.RetryDelay)
        && (SsoSession.IsLogin(failed) ? MayLogInAgain(failed, budget) : MaySendAgain(failed));

    /// <summary>Whether the password may be sent again: not to a server whose answer is not one of an engine.</summary>
    private bool MayLogInAgain(OvirtException failed, CallBudget budget) => budget.MayLogIn
        && (failed.Failure is OvirtFailure.ServerFailed or OvirtFailure.Interrupted or OvirtFailure.TimedOut || IsAway(failed));

    private bool MaySendAgain(OvirtException failed) =>
        IsAway(failed) || (isSafe && MayHaveArrived(failed) && failed.InnerException is not UnexpectedAnswerException { IsTooLarge: true });

    /// <summary>
    /// Whether the engine is restarting, and so refuses connections for a while. An engine that has never answered is assumed not to exist,
    /// and is not waited for.
    /// </summary>
    private bool IsAway(OvirtException failed) => failed.Failure == OvirtFailure.NotReached && exchange.HasAnswered;
}
