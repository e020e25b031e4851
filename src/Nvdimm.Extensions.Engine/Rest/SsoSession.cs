using System.Net.Http.Headers;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// The token of the engine's single sign-on. It is requested at the first use, renewed when the session has expired, and revoked at the
/// end; a token that the caller gave is none of these. Safe for use by several threads.
/// </summary>
internal sealed class SsoSession(HttpExchange exchange, OvirtClientOptions options, Secrets secrets) : IDisposable
{
    private const string TokenRequest = "POST sso/oauth/token";
    private const string LogoutRequest = "POST services/sso-logout";

    /// <summary>The largest answer in bytes. It contains only a token and a few words.</summary>
    private const int LongestAnswer = 64 << 10;

    private readonly SemaphoreSlim renewing = new(1);
    private string? token;
    private OvirtException? lastFailure;

    /// <summary>Whether another token can be taken in place of one that the engine does not accept.</summary>
    public bool IsRenewable => options.Token is null;

    /// <summary>Whether a failure is one of the login: then the request itself was not sent.</summary>
    public static bool IsLogin(OvirtException failure) => failure.Request == TokenRequest;

    /// <summary>Returns the token. Calls that wait for a login share its result, so only one of them sends the password.</summary>
    /// <param name="forgotten">A token that the engine no longer accepts; null if none was tried yet.</param>
    /// <param name="budget">The budget of the call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OvirtException">The engine issues no token.</exception>
    public async Task<string> TokenAsync(string? forgotten, CallBudget budget, CancellationToken cancellationToken)
    {
        if (options.Token is { } given)
        {
            return given;
        }

        if (Volatile.Read(ref token) is { } current && !string.Equals(current, forgotten, StringComparison.Ordinal))
        {
            return current;
        }

        var earlier = Volatile.Read(ref lastFailure);
        await renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (token is null || string.Equals(token, forgotten, StringComparison.Ordinal))
            {
                RequireLogin(budget);
                budget.LogIn();
                if (lastFailure is { } shared && !ReferenceEquals(shared, earlier))
                {
                    throw FailureCopy.Of(shared, shared.Detail, shared.Reason, shared);
                }

                Volatile.Write(ref token, await SignOnAsync(budget, cancellationToken).ConfigureAwait(false));
            }

            return token!;
        }
        finally
        {
            renewing.Release();
        }
    }

    /// <summary>Revokes the token, once; does nothing if there is none.</summary>
    /// <exception cref="OvirtException">The engine does not answer.</exception>
    public async Task LogoutAsync()
    {
        if (Interlocked.Exchange(ref token, null) is { } last)
        {
            var answer = await exchange.SendAsync(
                LogoutRequest,
                () => Form("services/sso-logout", ("scope", ""), ("token", last)),
                new CallBudget(options),
                LongestAnswer,
                CancellationToken.None).ConfigureAwait(false);
            if (!answer.IsSuccess)
            {
                throw WireFault.Of(LogoutRequest, answer, secrets);
            }
        }
    }

    public void Dispose() => renewing.Dispose();

    private static void RequireLogin(CallBudget budget)
    {
        if (!budget.MayLogIn)
        {
            throw new OvirtException(
                TokenRequest, OvirtFailure.Unauthorized, "the engine keeps forgetting the session; the password is not sent again");
        }
    }

    private async Task<string> SignOnAsync(CallBudget budget, CancellationToken cancellationToken)
    {
        try
        {
            var taken = TokenOf(await exchange.SendAsync(
                TokenRequest,
                () => Form(
                    "sso/oauth/token",
                    ("grant_type", "password"),
                    ("scope", "ovirt-app-api"),
                    ("username", options.Username),
                    ("password", options.Password)),
                budget,
                LongestAnswer,
                cancellationToken).ConfigureAwait(false));
            secrets.Add(taken);
            return taken;
        }
        catch (OvirtException failure)
        {
            Volatile.Write(ref lastFailure, failure);
            throw;
        }
    }

    /// <summary>Reads the token from an answer. The engine answers a wrong user or password with 400, not 401.</summary>
    private string TokenOf(WireAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            var fault = WireFault.Of(TokenRequest, answer, secrets);
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
