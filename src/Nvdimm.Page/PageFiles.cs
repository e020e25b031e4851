namespace Nvdimm.Page;

/// <summary>
/// The page: files inside the program, without a build step. The content security policy lets the browser load from and ask only the
/// page's own origin.
/// </summary>
internal static class PageFiles
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors ";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".json"] = "application/json",
    };

    /// <summary>Adds the page and its files. They need no login, because they contain no data.</summary>
    /// <param name="routes">The routes of the program.</param>
    /// <param name="ancestors">The origins that may show the page in a frame, as the policy spells them.</param>
    public static void MapPage(this IEndpointRouteBuilder routes, string ancestors)
    {
        foreach (var name in typeof(PageFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("page/", StringComparison.Ordinal)))
        {
            var file = name["page/".Length..];
            RequestDelegate send = context => SendAsync(context, name, ancestors);
            routes.MapGet(file == "index.html" ? "/" : $"/{file}", send).AllowAnonymous();
        }
    }

    private static async Task SendAsync(HttpContext context, string name, string ancestors)
    {
        await using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy + ancestors;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        context.Response.ContentType = Types[Path.GetExtension(name)];
        context.Response.ContentLength = stream.Length;
        await stream.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
