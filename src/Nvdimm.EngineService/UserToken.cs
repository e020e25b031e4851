using System.Net;
using Nvdimm.Page;

namespace Nvdimm.EngineService;

/// <summary>
/// The token of the user who sent a request. It comes from the header <c>Authorization</c> only, never from a cookie, so that no other site
/// can make a browser send it.
/// </summary>
internal static class UserToken
{
    private const string Prefix = "Bearer ";
    private const int Longest = 8 << 10;

    /// <summary>The token.</summary>
    /// <exception cref="PageFaultException">The request has no token, or one that no engine gave (401).</exception>
    public static string Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : "";
        return token.Length is > 0 and <= Longest && !token.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? token
            : throw PageFaultException.Of(
                HttpStatusCode.Unauthorized,
                "The request has no token. Send the token of the engine's single sign-on: Authorization: Bearer TOKEN.");
    }
}
