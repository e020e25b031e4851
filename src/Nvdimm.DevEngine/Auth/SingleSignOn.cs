using System.Text.Json;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Auth;

/// <summary>
/// Issues tokens for a name and a password, and ends them (oVirt Engine 4.5, <c>OAuthTokenServlet</c>, <c>SSOLogoutServlet</c>).
/// </summary>
internal static class SingleSignOn
{
    private const long NeverEnds = long.MaxValue;

    /// <summary>Adds the endpoints.</summary>
    public static void MapSingleSignOn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost($"{ApiPaths.Engine}/sso/oauth/token", TokenAsync).AllowAnonymous();
        routes.MapPost($"{ApiPaths.Engine}/services/sso-logout", LogoutAsync).AllowAnonymous();
    }

    private static async Task<IResult> TokenAsync(
        HttpRequest request, Passwords passwords, Sessions sessions, CancellationToken cancellationToken)
    {
        if (!IsForm(request))
        {
            return Error("invalid_request", "The request must be form-encoded.");
        }

        if (await FormAsync(request, cancellationToken) is not { } form)
        {
            return Error("invalid_request", "The form cannot be read.");
        }

        if (form["grant_type"] != "password")
        {
            return Error("unsupported_grant_type", $"The grant type '{form["grant_type"]}' is not supported; use 'password'.");
        }

        return await passwords.CheckAsync(form["username"].ToString(), form["password"].ToString(), cancellationToken) is not { } user
            ? Error("access_denied", $"Cannot authenticate user '{form["username"]}': The user name or password is incorrect.")
            : Json(StatusCodes.Status200OK, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["access_token"] = sessions.Begin(user),
                ["scope"] = form["scope"].ToString() is { Length: > 0 } scope ? scope : "ovirt-app-api",
                ["exp"] = $"{NeverEnds}",
                ["token_type"] = "bearer",
            });
    }

    private static async Task<IResult> LogoutAsync(HttpRequest request, Sessions sessions, CancellationToken cancellationToken)
    {
        var form = IsForm(request) ? await FormAsync(request, cancellationToken) : null;
        if (IsForm(request) && form is null)
        {
            return Error("invalid_request", "The form cannot be read.");
        }

        if ((form?["token"].ToString() is { Length: > 0 } given ? given : EngineAuthentication.TokenOf(request)) is { } token)
        {
            sessions.End(token);
        }

        return Json(StatusCodes.Status200OK, []);
    }

    /// <summary>Whether the body is a URL-encoded form, as the specification requires. A multipart form is not accepted.</summary>
    private static bool IsForm(HttpRequest request) =>
        request.GetTypedHeaders().ContentType?.MediaType.Equals(
            "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The form; null if it has too many or too long parts, or invalid characters.</summary>
    private static async Task<IFormCollection?> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static IResult Error(string error, string description) => Json(
        StatusCodes.Status400BadRequest,
        new Dictionary<string, string>(StringComparer.Ordinal)
        { ["error"] = error, ["error_code"] = error, ["error_description"] = description });

    private static IResult Json(int status, Dictionary<string, string> values) =>
        Results.Text(JsonSerializer.Serialize(values), ApiJson.MediaType, statusCode: status);
}
