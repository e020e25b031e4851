using System.Net.Http.Headers;
using System.Security.Authentication;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// One request and its whole answer, within the time limit, and never more requests at once than allowed. The body is read here, so that
/// a connection that breaks in the middle of it is seen by whoever repeats requests.
/// </summary>
internal sealed class HttpExchange(HttpClient http, OvirtClientOptions options, TimeProvider time, EngineMeters meters) : IDisposable
{
    private static readonly HttpRequestError[] NotSent =
        [HttpRequestError.NameResolutionError, HttpRequestError.ConnectionError, HttpRequestError.SecureConnectionError, HttpRequestError.ProxyTunnelError];

    private readonly SemaphoreSlim inFlight = new(options.MaxRequestsInFlight);

    /// <summary>Sends one request.</summary>
    /// <param name="description">What is asked, for the exception.</param>
    /// <param name="request">Makes the request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OvirtException">No whole answer came.</exception>
    public async Task<WireAnswer> SendAsync(string description, Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        await inFlight.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var started = meters.Request(description, options.Url);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), limit, options.AttemptTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            using var message = request();
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            var body = await ReadAsync(response, limit.Token).ConfigureAwait(false);
            started.End(response.StatusCode);
            return new WireAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body, Pause(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OvirtException(description, OvirtFailure.TimedOut, $"no whole answer within {options.AttemptTimeout.TotalSeconds:0.###} seconds");
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
        finally
        {
            inFlight.Release();
        }
    }

    public void Dispose() => inFlight.Dispose();

    private static OvirtException Failed(string description, HttpRequestException failed)
    {
        var isSent = !NotSent.Contains(failed.HttpRequestError);
        var detail = failed.InnerException is AuthenticationException untrusted
            ? $"the engine's certificate is not trusted: {untrusted.Message}"
            : failed.InnerException?.Message is { } inner && !failed.Message.Contains(inner, StringComparison.Ordinal) ? $"{failed.Message} {inner}" : failed.Message;
        return new OvirtException(description, isSent ? OvirtFailure.Interrupted : OvirtFailure.NotReached, detail, failed);
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var chunk = new byte[16 << 10];
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await body.WriteAsync(chunk.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                if (body.Length > options.MaxAnswerBytes)
                {
                    throw new UnexpectedAnswerException($"the answer has more than {options.MaxAnswerBytes} bytes");
                }
            }
        }

        return body.ToArray();
    }

    private TimeSpan? Pause(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date - time.GetUtcNow() is var pause && pause > TimeSpan.Zero ? pause : null);
}
