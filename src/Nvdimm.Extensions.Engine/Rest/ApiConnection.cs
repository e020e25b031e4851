using System.Net;
using System.Net.Http.Headers;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// Sends requests to the API, with the login, safe repetitions and reading of the answer. Its exceptions contain no secret. Safe for use by
/// several threads.
/// </summary>
internal sealed class ApiConnection : IAsyncDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly OvirtClientOptions options;
    private readonly HttpExchange exchange;
    private readonly Secrets secrets;
    private readonly SsoSession session;
    private readonly RequestRetries safe;
    private readonly RequestRetries unsafely;

    public ApiConnection(HttpClient http, OvirtClientOptions options, TimeProvider time, EngineMeters meters)
    {
        this.options = options;
        secrets = new Secrets(options.Password);
        if (options.Token is { } token)
        {
            secrets.Add(token);
        }

        exchange = new HttpExchange(http, options, time, meters);
        safe = new RequestRetries(options, exchange, time, isSafe: true);
        unsafely = new RequestRetries(options, exchange, time, isSafe: false);
        session = new SsoSession(exchange, options, secrets);
    }

    /// <summary>Sends a GET request and reads the answer. It is repeated after failures.</summary>
    /// <exception cref="OvirtException">There is no valid answer.</exception>
    public Task<T> GetAsync<T>(string path, Func<WireValue, T> read, CallBudget budget, CancellationToken cancellationToken) => MaskedAsync(
        () => safe.RunAsync(budget, cancel => OnceAsync(HttpMethod.Get, path, body: null, read, budget, cancel), cancellationToken));

    /// <summary>Sends a request that changes something, and reads the answer. It is repeated only if it certainly did not arrive.</summary>
    /// <exception cref="OvirtException">
    /// The change was not made, or may have been made: <see cref="OvirtException.IsOutcomeUnknown"/>.
    /// </exception>
    public Task<T> ChangeAsync<T>(
        HttpMethod method,
        string path,
        byte[]? body,
        Func<WireValue, T> read,
        CallBudget budget,
        CancellationToken cancellationToken) => MaskedAsync(
        async () =>
        {
            try
            {
                return await unsafely
                    .RunAsync(budget, cancel => OnceAsync(method, path, body, read, budget, cancel), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (OvirtException lost) when (RequestRetries.MayHaveArrived(lost))
            {
                throw FailureCopy.Unknown(lost);
            }
        });

    public async ValueTask DisposeAsync()
    {
        try
        {
            await MaskedAsync(async () =>
            {
                await session.LogoutAsync().ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        finally
        {
            session.Dispose();
            exchange.Dispose();
        }
    }

    /// <summary>Masks secrets in every exception: the texts of the server, or of a library, may repeat the token or the password.</summary>
    private async Task<T> MaskedAsync<T>(Func<Task<T>> call)
    {
        OvirtException masked;
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (OvirtException failure) when (secrets.Masked(failure) is { } clean)
        {
            masked = clean;
        }

        throw masked;
    }

    private async Task<T> OnceAsync<T>(
        HttpMethod method, string path, byte[]? body, Func<WireValue, T> read, CallBudget budget, CancellationToken cancellationToken)
    {
        var description = $"{method} {path}";
        var token = await session.TokenAsync(forgotten: null, budget, cancellationToken).ConfigureAwait(false);
        var answer = await SendAsync().ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.Unauthorized && session.IsRenewable && budget.MayLogIn)
        {
            // Sessions end after half an hour without a request. A request that is refused for this reason had no effect.
            token = await session.TokenAsync(token, budget, cancellationToken).ConfigureAwait(false);
            answer = await SendAsync().ConfigureAwait(false);
        }

        if (!answer.IsSuccess)
        {
            throw WireFault.Of(description, answer, secrets);
        }

        try
        {
            // A change may be answered without a body, but a GET may not.
            var json = answer.Json();
            return method == HttpMethod.Get && json.Members is null
                ? throw new UnexpectedAnswerException("the answer has nothing in it")
                : read(json);
        }
        catch (UnexpectedAnswerException unexpected)
        {
            throw new OvirtException(description, OvirtFailure.BadAnswer, unexpected.Message, unexpected) { Status = answer.Status };
        }

        Task<WireAnswer> SendAsync() =>
            exchange.SendAsync(description, () => Message(method, path, body, token), budget, options.MaxAnswerBytes, cancellationToken);
    }

    private HttpRequestMessage Message(HttpMethod method, string path, byte[]? body, string token)
    {
        var message = new HttpRequestMessage(method, new Uri(options.Url, $"api/{path}"));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json.MediaType!));
        message.Headers.TryAddWithoutValidation("Version", "4");

        // oVirt Engine 4.5, BaseBackendResource.isFiltered: without it, a user who is no administrator gets only his own VMs, and the
        // others' would count as deleted, and their devices as free. With it the engine refuses such a user.
        message.Headers.TryAddWithoutValidation("Filter", "false");
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = Json;
        }

        return message;
    }
}
