using Microsoft.Extensions.Logging;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>
/// Logs each try of a request: method, path, status, time. It never logs headers and bodies, which have passwords and tokens.
/// </summary>
internal sealed partial class RequestLog(ILogger<RequestLog> logger, TimeProvider time) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri?.PathAndQuery ?? "";
        var start = time.GetTimestamp();
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Answered(request.Method, path, (int)response.StatusCode, time.GetElapsedTime(start).TotalMilliseconds);
            return response;
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException)
        {
            Unanswered(request.Method, path, time.GetElapsedTime(start).TotalMilliseconds, failed.Message);
            throw;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "{Method} {Path} was answered with {Status} after {Milliseconds:F0} ms")]
    private partial void Answered(HttpMethod method, string path, int status, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "{Method} {Path} was not answered within {Milliseconds:F0} ms: {Reason}")]
    private partial void Unanswered(HttpMethod method, string path, double milliseconds, string reason);
}
