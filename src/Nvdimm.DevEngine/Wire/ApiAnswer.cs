using System.Net;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.DevEngine.Wire;

/// <summary>An answer in the format that the client accepts: XML unless it prefers JSON.</summary>
/// <param name="Entity">The content.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Location">The URL of the created entity; null if none was created.</param>
internal sealed record ApiAnswer(ApiObject Entity, HttpStatusCode Status = HttpStatusCode.OK, string? Location = null) : IResult
{
    /// <summary>The answer after a creation.</summary>
    public static ApiAnswer Created(ApiObject entity, HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new ApiAnswer(entity, HttpStatusCode.Created, $"{request.Scheme}://{request.Host}{entity.Attribute("href")}");
    }

    /// <summary>The answer after an action.</summary>
    public static ApiAnswer Done() => new(new ApiObject("action").Text("status", "complete"));

    /// <summary>The answer with a fault.</summary>
    public static ApiAnswer Of(EngineFault fault) =>
        new(new ApiObject("fault").Text("detail", fault.Detail).Text("reason", fault.Reason), fault.Status);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var isJson = PrefersJson(httpContext.Request.GetTypedHeaders());
        var body = isJson ? ApiJson.Write(Entity) : ApiXml.Write(Entity);
        var response = httpContext.Response;
        response.StatusCode = (int)Status;
        response.ContentType = isJson ? ApiJson.MediaType : ApiXml.MediaType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = HeaderNames.Accept;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    private static bool PrefersJson(RequestHeaders headers) =>
        Quality(headers, ApiJson.MediaType) is > 0 and var json && json > Quality(headers, ApiXml.MediaType);

    /// <summary>The quality that the client gives a media type by name; wildcards get the default.</summary>
    private static double Quality(RequestHeaders headers, string mediaType) => headers.Accept
        .Where(accepted => accepted.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        .Select(accepted => accepted.Quality ?? 1)
        .DefaultIfEmpty(0)
        .Max();
}
