using System.Net;
using Microsoft.Extensions.Primitives;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.DevEngine.Wire;

/// <summary>Request middleware: version prefix, matrix parameters, faults, HEAD, and bodies that are announced and never arrive.</summary>
internal static partial class ApiMiddleware
{
    /// <summary>Adds the middleware.</summary>
    public static void UseApiMiddleware(this IApplicationBuilder app)
    {
        app.Use(AnswerFaults);
        app.Use(Rewrite);
    }

    /// <summary>
    /// Refuses a client that asks for another version than 4 (oVirt Engine 4.5, <c>VersionFilter</c>). <c>/ovirt-engine/api/v4/vms</c> is
    /// <c>/ovirt-engine/api/vms</c>. A GET that announces a body (libgovirt) sends none: the server does not wait for it, and closes the
    /// connection after the answer, because the next request could be taken for the body. A HEAD is handled as a GET; the server leaves the
    /// body out.
    /// </summary>
    private static Task Rewrite(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments($"{ApiPaths.Api}/v4", StringComparison.OrdinalIgnoreCase, out var rest))
        {
            request.Path = ApiPaths.Api + rest;
        }

        MoveMatrixParameters(request);
        if (request.Headers["Version"].ToString() is not ("" or "4"))
        {
            throw ApiFaultException.Unreadable($"The version of the API is '{request.Headers["Version"]}', not 4.");
        }

        if ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.ContentLength > 0)
        {
            context.Response.Headers.Connection = "close";
        }

        if (HttpMethods.IsHead(request.Method))
        {
            request.Method = HttpMethods.Get;
        }

        return next(context);
    }

    /// <summary>
    /// Treats <c>vms;max=2</c> as <c>vms?max=2</c> (oVirt Engine 4.5, <c>ParametersHelper.getParameter</c>): a parameter in the path
    /// precedes one in the query.
    /// </summary>
    private static void MoveMatrixParameters(HttpRequest request)
    {
        var path = request.Path.Value!;
        if (!request.Path.StartsWithSegments(ApiPaths.Api) || !path.Contains(';', StringComparison.Ordinal))
        {
            return;
        }

        var parameters = new Dictionary<string, StringValues>(request.Query, StringComparer.Ordinal);
        var segments = path.Split('/').Select(segment => segment.Split(';')).ToList();
        foreach (var parameter in segments.SelectMany(segment => segment.Skip(1)).Select(text => text.Split('=', 2)))
        {
            parameters[parameter[0]] = parameter.Length > 1 ? parameter[1] : "true";
        }

        request.Path = string.Join('/', segments.Select(segment => segment[0]));
        request.QueryString = QueryString.Create(parameters);
    }

    private static async Task AnswerFaults(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static response =>
            {
                ((HttpResponse)response).Headers.XContentTypeOptions = "nosniff";
                return Task.CompletedTask;
            },
            context.Response);
        EngineFault fault;
        try
        {
            await next(context);
            return;
        }
        catch (ApiFaultException refused)
        {
            fault = refused.Fault;
        }
        catch (BadHttpRequestException bad)
        {
            fault = new EngineFault((HttpStatusCode)bad.StatusCode, "Request syntactically incorrect.", bad.Message);
        }
        catch (Exception failed) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            // Failures such as a full disk or a database that another program locks are reported to the client and to the log.
            var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiMiddleware));
            Failed(log, failed, context.Request.Method, context.Request.Path);
            fault = new EngineFault(
                HttpStatusCode.InternalServerError, EngineFault.OperationFailed, $"[The engine failed: {failed.Message}]");
        }

        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await ApiAnswer.Of(fault).ExecuteAsync(context);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private static partial void Failed(ILogger log, Exception failed, string method, string path);
}
