using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Nvdimm.Page;

namespace Nvdimm.EngineService;

/// <summary>
/// Passes the page's own requests on to the engine, for a page that this service shows: a browser lets it ask only its own origin. Nothing
/// but the listed requests is passed on, each with the user's own token and without cookies. Safe for use by several threads.
/// </summary>
/// <param name="http">Sends the requests.</param>
/// <param name="options">The engine's address.</param>
internal sealed class EngineForwarder(HttpClient http, ServiceOptions options)
{
    private const string Engine = "/ovirt-engine/";

    /// <summary>The time limit of one request.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(1);

    private static readonly string[] Headers = ["Accept", "Version", "Correlation-Id"];

    private readonly Uri engine = new($"{options.Url.AbsoluteUri.TrimEnd('/')}/");

    /// <summary>What the page asks of the API. Each needs a token.</summary>
    public static (string Method, string Path)[] Api { get; } =
    [
        ("GET", "api/hosts"),
        ("GET", "api/vms"),
        ("GET", "api/vms/{id}"),
        ("PUT", "api/vms/{id}"),
        ("GET", "api/events"),
        ("GET", "api/jobs"),
        ("POST", "api/vms/{id}/start"),
        ("POST", "api/vms/{id}/stop"),
        ("POST", "api/vms/{id}/shutdown"),
        ("POST", "api/vms/{id}/numanodes"),
    ];

    /// <summary>The beginning and the end of a session.</summary>
    public static (string Method, string Path)[] Session { get; } = [("POST", "sso/oauth/token"), ("POST", "services/sso-logout")];

    /// <summary>Passes a request on, and the answer back.</summary>
    /// <exception cref="PageFaultException">The engine cannot be asked, or the request is not one of those above.</exception>
    public async Task ForwardAsync(HttpContext context, bool needsToken)
    {
        using var message = Message(context.Request, needsToken ? UserToken.Of(context.Request) : null);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(TimeLimit);
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (HttpRequestException failed) when (failed.InnerException is BadHttpRequestException bad)
        {
            throw PageFaultException.Of((HttpStatusCode)bad.StatusCode, bad.Message);
        }
        catch (HttpRequestException failed)
        {
            var reason = failed.InnerException is AuthenticationException untrusted
                ? $"the engine's certificate is not trusted: {untrusted.Message}"
                : failed.Message;
            throw PageFaultException.Of(HttpStatusCode.BadGateway, $"The engine could not be asked: {reason}");
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw PageFaultException.Of(
                HttpStatusCode.GatewayTimeout, $"The engine did not answer within {TimeLimit.TotalSeconds:0} seconds.");
        }

        using (answer)
        {
            var response = context.Response;
            response.StatusCode = (int)answer.StatusCode;
            response.ContentType = answer.Content.Headers.ContentType?.ToString();
            response.Headers.CacheControl = "no-store";
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            await answer.Content.CopyToAsync(response.Body, limit.Token);
        }
    }

    private HttpRequestMessage Message(HttpRequest request, string? token)
    {
        var id = request.RouteValues["id"] as string;
        if (id is not null && (id.Length == 0 || id.Any(character => !char.IsAsciiLetterOrDigit(character) && character != '-')))
        {
            throw PageFaultException.NotFound("VM", id);
        }

        if (request.ContentLength is null && request.Headers.TransferEncoding.Count > 0)
        {
            throw PageFaultException.Of(HttpStatusCode.LengthRequired, "The request has a body without a Content-Length.");
        }

        var path = request.Path.ToUriComponent()[Engine.Length..];
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(engine, path + request.QueryString.ToUriComponent()));
        foreach (var name in Headers)
        {
            if ((string?)request.Headers[name] is { } value)
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        message.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (request.ContentLength > 0)
        {
            message.Content = new StreamContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
            message.Content.Headers.ContentLength = request.ContentLength;
        }

        return message;
    }
}

/// <summary>Adds the requests that are passed on.</summary>
internal static class ForwardedRoutes
{
    /// <summary>Adds a route for each request.</summary>
    public static void MapForwarded(this IEndpointRouteBuilder routes, EngineForwarder forwarder)
    {
        Map(EngineForwarder.Api, needsToken: true);
        Map(EngineForwarder.Session, needsToken: false);

        void Map((string Method, string Path)[] requests, bool needsToken)
        {
            RequestDelegate forward = context => forwarder.ForwardAsync(context, needsToken);
            foreach (var (method, path) in requests)
            {
                routes.MapMethods($"/ovirt-engine/{path}", [method], forward);
            }
        }
    }
}
