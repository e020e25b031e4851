using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.DevEngine.Auth;

/// <summary>Authenticates a request by a token, by a name with password, or by the cookie of a client that asked for one.</summary>
internal sealed class EngineAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Passwords passwords, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string SchemeName = "Engine";

    /// <summary>The claim of a user who may change things.</summary>
    public const string ChangeClaim = "change";

    private const string BearerPrefix = "Bearer ";

    /// <summary>
    /// The name of the engine's cookie, with the port of the request. Browsers send cookies to all ports of a host, so two engines on one
    /// machine would receive each other's cookies.
    /// </summary>
    public static string CookieName(HttpRequest request) => $"JSESSIONID-{request.HttpContext.Connection.LocalPort}";

    /// <summary>The token in a request; null if there is none.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            ? authorization[BearerPrefix.Length..].Trim()
            : request.Cookies[CookieName(request)];
    }

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            && header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return await BasicAsync(header.Parameter ?? "") is { } user
                ? Success(user, sessions.Begin)
                : AuthenticateResult.Fail("Wrong name or password");
        }

        return TokenOf(Request) is not { } token
            ? AuthenticateResult.NoResult()
            : sessions.Find(token) is { } owner ? Success(owner, _ => token) : AuthenticateResult.Fail("No such token");
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Basic realm=\"RESTAPI\", charset=\"UTF-8\"";
        return FaultAsync(HttpStatusCode.Unauthorized, "[Not logged in, or the session has ended.]");
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        FaultAsync(HttpStatusCode.Forbidden, "[User is not authorized to perform this action.]");

    private async Task<EngineUser?> BasicAsync(string parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : await passwords.CheckAsync(pair[..colon], pair[(colon + 1)..], Context.RequestAborted);
    }

    /// <summary>
    /// The result for an authenticated user. A client that asked for a session gets its cookie, unless it sent that cookie.
    /// </summary>
    private AuthenticateResult Success(EngineUser user, Func<EngineUser, string> token)
    {
        if (Request.Headers.Authorization.Count > 0
            && Request.Headers["Prefer"].Any(prefer => prefer?.Contains("persistent-auth", StringComparison.OrdinalIgnoreCase) == true))
        {
            var cookie =
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = ApiPaths.Engine, Secure = Request.IsHttps };
            Response.Cookies.Append(CookieName(Request), token(user), cookie);
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, user.Name)], SchemeName);
        if (user.MayChange)
        {
            identity.AddClaim(new Claim(ChangeClaim, "true"));
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private Task FaultAsync(HttpStatusCode status, string detail) =>
        ApiAnswer.Of(new EngineFault(status, EngineFault.OperationFailed, detail)).ExecuteAsync(Context);
}
