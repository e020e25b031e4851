using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Nvdimm.DevEngine.Auth;

/// <summary>The access rules: every endpoint needs a login unless it says otherwise, and a read-only user cannot change anything.</summary>
internal static class Access
{
    private const string Reading = "reading";

    /// <summary>Registers authentication and authorization.</summary>
    public static void AddAccess(this IServiceCollection services)
    {
        // AddAuthentication would also register data protection, which writes keys to disk that nothing here uses, and warns about them.
        services.AddWebEncoders();
        services.AddAuthenticationCore(options => options.DefaultScheme = EngineAuthentication.SchemeName);
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, EngineAuthentication>(EngineAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Reading, policy => policy.RequireAuthenticatedUser())
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(EngineAuthentication.SchemeName)
                .RequireAuthenticatedUser()
                .RequireAssertion(context => context.Resource is not HttpContext http || IsReading(http.Request)
                    || context.User.HasClaim(claim => claim.Type == EngineAuthentication.ChangeClaim))
                .Build());
    }

    /// <summary>
    /// Refuses requests that another site makes a browser send, because the browser adds a cookie or a remembered password by itself. If a
    /// browser does not say how the sites relate, as over plain HTTP by name, the Origin header decides.
    /// </summary>
    public static void UseSameSiteOnly(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (IsReading(context.Request) || IsOfThisSite(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool IsOfThisSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => true,
        "" => request.Headers.Origin.ToString() is var origin && (origin.Length == 0 || IsThis(request.Host, origin)),
        _ => false,
    };

    /// <summary>Compares host and port only: the scheme differs if a proxy in front of this engine ends TLS.</summary>
    private static bool IsThis(HostString host, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);

    private static bool IsReading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
}
