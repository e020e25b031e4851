using System.Net.Http.Headers;
using System.Security.Authentication;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// Sends one request and reads the whole answer within the time limit, with a limit on requests in flight. The body is read here, so that a
/// connection that breaks within the body is repeated like any other failure. Safe for use by several threads.
/// </summary>
internal sealed class HttpExchange(HttpClient http, OvirtClientOptions options, TimeProvider time, EngineMeters meters) : IDisposable
{
    private static readonly HttpRequestError[] NotSent =
    [
        HttpRequestError.NameResolutionError,
        HttpRequestError.ConnectionError,
        HttpRequestError.SecureConnectionError,
        HttpRequestError.ProxyTunnelError,
    ];

    private readonly SemaphoreSlim inFlight = new(options.MaxRequestsInFlight);
    private volatile bool hasAnswered;

    /// <summary>Whether the engine ever answered.</summary>
    public bool HasAnswered => hasAnswered;

    /// <summary>Sends one request.</summary>
    /// <param name="description">The request, for the exception.</param>
    /// <param name="request">Creates the request.</param>
    /// <param name="budget">The budget of the call.</param>
    /// <param name="longest">The largest answer in bytes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OvirtException">There is no complete answer.</exception>
    public async Task<WireAnswer> SendAsync(
        string description, Func<HttpRequestMessage> request, CallBudget budget, int longest, CancellationToken cancellationToken)
    {
        await inFlight.WaitAsync(cancellationToken).ConfigureAwait(false);
        var began = time.GetTimestamp();
        var body = new MemoryStream();
        var leastTime = TimeSpan.Zero;
        try
        {
            var limit = LimitOf(description, budget);
            try
            {
                return await SendAsync(description, request, (limit, longest), body, cancellationToken).ConfigureAwait(false);
            }
            catch (OvirtException late) when (late.Failure == OvirtFailure.TimedOut)
            {
                // A timer may be ahead of the clock. A request that timed out has used its whole limit, or it would be
                // repeated with the rest.
                leastTime = limit;
                throw;
            }
        }
        finally
        {
            var spent = time.GetElapsedTime(began);
            budget.Spend(spent < leastTime ? leastTime : spent, body.Length);
            inFlight.Release();
        }
    }

    public void Dispose() => inFlight.Dispose();

    private static OvirtException Failed(string description, HttpRequestException failed)
    {
        var isSent = !NotSent.Contains(failed.HttpRequestError);
        var detail = failed.InnerException is AuthenticationException untrusted
            ? $"the engine's certificate is not trusted: {untrusted.Message}"
            : failed.InnerException?.Message is { } inner && !failed.Message.Contains(inner, StringComparison.Ordinal)
                ? $"{failed.Message} {inner}"
                : failed.Message;
        return new OvirtException(description, isSent ? OvirtFailure.Interrupted : OvirtFailure.NotReached, detail, failed);
    }

    private static async Task ReadAsync(HttpResponseMessage response, MemoryStream body, int longest, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > longest)
        {
            throw TooLarge(longest);
        }

        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var chunk = new byte[16 << 10];
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await body.WriteAsync(chunk.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                if (body.Length > longest)
                {
                    throw TooLarge(longest);
                }
            }
        }
    }

    private static UnexpectedAnswerException TooLarge(int longest) =>
        new($"the answer has more than {longest} bytes") { IsTooLarge = true };

    private TimeSpan LimitOf(string description, CallBudget budget) => budget.TimeLeft <= TimeSpan.Zero
        ? throw new OvirtException(
            description, OvirtFailure.TimedOut, $"it was not sent: the call has used its {options.CallTimeout.TotalSeconds:0.###} seconds")
        : budget.TimeLeft < options.AttemptTimeout ? budget.TimeLeft : options.AttemptTimeout;

    private async Task<WireAnswer> SendAsync(
        string description,
        Func<HttpRequestMessage> request,
        (TimeSpan Time, int Bytes) longest,
        MemoryStream body,
        CancellationToken cancellationToken)
    {
        using var started = meters.Request(description, options.Url);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), limit, longest.Time, Timeout.InfiniteTimeSpan);
        try
        {
            using var message = request();
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            hasAnswered = true;
            await ReadAsync(response, body, longest.Bytes, limit.Token).ConfigureAwait(false);
            started.End(response.StatusCode);
            var pause = Pause(response.Headers.RetryAfter);
            return new WireAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body, pause);
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
        catch (OperationCanceledException late)
        {
            throw IsNotConnected(late, limit)
                ? new OvirtException(description, OvirtFailure.NotReached, late.InnerException!.Message, late)
                : new OvirtException(
                    description, OvirtFailure.TimedOut, $"no whole answer within {longest.Time.TotalSeconds:0.###} seconds");
        }
        catch (HttpRequestException failed)
        {
            throw Failed(description, failed);
        }
        catch (IOException broken)
        {
            throw new OvirtException(description, OvirtFailure.Interrupted, broken.Message, broken);
        }
        catch (UnexpectedAnswerException unexpected)
        {
            throw new OvirtException(description, OvirtFailure.BadAnswer, unexpected.Message, unexpected);
        }
    }

    /// <summary>
    /// Whether the handler's own connect timeout ended the request. A timeout of the HTTP client looks the same, but may end a request that
    /// was sent.
    /// </summary>
    private bool IsNotConnected(OperationCanceledException late, CancellationTokenSource limit) =>
        late.InnerException is TimeoutException && http.Timeout == Timeout.InfiniteTimeSpan && !limit.IsCancellationRequested;

    private TimeSpan? Pause(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date - time.GetUtcNow() is var pause && pause > TimeSpan.Zero ? pause : null);
}
