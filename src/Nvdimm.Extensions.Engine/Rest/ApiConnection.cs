using System.Net;
using System.Net.Http.Headers;
using Polly;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>Requests to the API: signed, repeated where that is safe, read.</summary>
internal sealed class ApiConnection : IAsyncDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly OvirtClientOptions options;
    private readonly HttpExchange exchange;
    private readonly SsoSession session;
    private readonly ResiliencePipeline safe;
    private readonly ResiliencePipeline unsafely;

    public ApiConnection(HttpClient http, OvirtClientOptions options, TimeProvider time, EngineMeters meters)
    {
        this.options = options;
        safe = Repeating.Safe(options, time);
        unsafely = Repeating.Unsafe(options, time);
        exchange = new HttpExchange(http, options, time, meters);
        session = new SsoSession(exchange, options, safe);
    }

    /// <summary>Gets and reads something.</summary>
    /// <exception cref="OvirtException">It cannot be got.</exception>
    public async Task<T> GetAsync<T>(string path, Func<WireValue, T> read, CancellationToken cancellationToken) =>
        await safe.ExecuteAsync(async cancel => await OnceAsync(HttpMethod.Get, path, body: null, read, cancel).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Changes something, and reads the answer. Repeated only where the request surely did not arrive.</summary>
    /// <exception cref="OvirtException">It was not done, or nobody knows: <see cref="OvirtException.IsOutcomeUnknown"/>.</exception>
    public async Task<T> ChangeAsync<T>(HttpMethod method, string path, byte[]? body, Func<WireValue, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await unsafely.ExecuteAsync(async cancel => await OnceAsync(method, path, body, read, cancel).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (OvirtException lost) when (Repeating.MayHaveArrived(lost))
        {
            throw Unknown(lost);
        }
    }

    /// <summary>The same failure, with the outcome unknown.</summary>
    public static OvirtException Unknown(OvirtException failure) => new(failure.Request, failure.Failure, failure.Detail, failure.InnerException ?? failure)
    {
        Status = failure.Status,
        Reason = failure.Reason,
        RetryAfter = failure.RetryAfter,
        IsOutcomeUnknown = true,
    };

    public async ValueTask DisposeAsync()
    {
        try
        {
            await session.LogoutAsync().ConfigureAwait(false);
        }
        finally
        {
            session.Dispose();
            exchange.Dispose();
        }
    }

    private async Task<T> OnceAsync<T>(HttpMethod method, string path, byte[]? body, Func<WireValue, T> read, CancellationToken cancellationToken)
    {
        var description = $"{method} {path}";
        var token = await session.TokenAsync(forgotten: null, cancellationToken).ConfigureAwait(false);
        var answer = await exchange.SendAsync(description, () => Message(method, path, body, token), cancellationToken).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.Unauthorized)
        {
            // Sessions end after half an hour without a request. What was refused so was not done.
            token = await session.TokenAsync(token, cancellationToken).ConfigureAwait(false);
            answer = await exchange.SendAsync(description, () => Message(method, path, body, token), cancellationToken).ConfigureAwait(false);
        }

        if (!answer.IsSuccess)
        {
            throw WireFault.Of(description, answer);
        }

        try
        {
            // A change may be answered without a body; nothing may be concluded from a missing one where something was asked.
            var json = answer.Json();
            return method == HttpMethod.Get && json.Members is null ? throw new UnexpectedAnswerException("the answer has nothing in it") : read(json);
        }
        catch (UnexpectedAnswerException unexpected)
        {
            throw new OvirtException(description, OvirtFailure.BadAnswer, unexpected.Message, unexpected) { Status = answer.Status };
        }
    }

    private HttpRequestMessage Message(HttpMethod method, string path, byte[]? body, string token)
    {
        var message = new HttpRequestMessage(method, new Uri(options.Url, $"api/{path}"));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json.MediaType!));
        message.Headers.TryAddWithoutValidation("Version", "4");
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = Json;
        }

        return message;
    }
}
