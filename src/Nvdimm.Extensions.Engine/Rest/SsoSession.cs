using System.Net.Http.Headers;
using Polly;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>The token of the engine's single sign-on: taken when it is first needed, renewed when the engine has forgotten it, given back at the end.</summary>
internal sealed class SsoSession(HttpExchange exchange, OvirtClientOptions options, ResiliencePipeline retries) : IDisposable
{
    private const string TokenRequest = "POST sso/oauth/token";
    private const string LogoutRequest = "POST services/sso-logout";

    private readonly SemaphoreSlim renewing = new(1);
    private string? token;

    /// <summary>The token.</summary>
    /// <param name="forgotten">A token that the engine does not know any more; null where none was tried yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OvirtException">The engine gives none.</exception>
    public async Task<string> TokenAsync(string? forgotten, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref token) is { } current && !string.Equals(current, forgotten, StringComparison.Ordinal))
        {
            return current;
        }

        await renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (token is null || string.Equals(token, forgotten, StringComparison.Ordinal))
            {
                Volatile.Write(ref token, await retries.ExecuteAsync(async cancel => await SignOnAsync(cancel).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));
            }

            return token!;
        }
        finally
        {
            renewing.Release();
        }
    }

    /// <summary>Gives the token back, where there is one; once.</summary>
    /// <exception cref="OvirtException">The engine does not answer.</exception>
    public async Task LogoutAsync()
    {
        if (Interlocked.Exchange(ref token, null) is { } last)
        {
            var answer = await exchange.SendAsync(LogoutRequest, () => Form("services/sso-logout", ("scope", ""), ("token", last)), CancellationToken.None).ConfigureAwait(false);
            if (!answer.IsSuccess)
            {
                throw WireFault.Of(LogoutRequest, answer);
            }
        }
    }

    public void Dispose() => renewing.Dispose();

    /// <summary>A wrong user or password is answered with 400, not 401.</summary>
    private async Task<string> SignOnAsync(CancellationToken cancellationToken)
    {
        var answer = await exchange.SendAsync(
            TokenRequest,
            () => Form("sso/oauth/token", ("grant_type", "password"), ("scope", "ovirt-app-api"), ("username", options.Username), ("password", options.Password)),
            cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            var fault = WireFault.Of(TokenRequest, answer);
            throw fault.Failure == OvirtFailure.Refused
                ? new OvirtException(TokenRequest, OvirtFailure.Unauthorized, fault.Detail) { Status = fault.Status, Reason = fault.Reason }
                : fault;
        }

        try
        {
            return answer.Json()["access_token"].Text is { Length: > 0 } taken && !taken.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? taken
                : throw new UnexpectedAnswerException("the answer has no access_token");
        }
        catch (UnexpectedAnswerException unexpected)
        {
            throw new OvirtException(TokenRequest, OvirtFailure.BadAnswer, unexpected.Message, unexpected);
        }
    }

    private HttpRequestMessage Form(string path, params (string Name, string Value)[] fields)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Url, path))
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return message;
    }
}
