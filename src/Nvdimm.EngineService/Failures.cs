using System.Net;
using Nvdimm.Extensions.Engine;
using Nvdimm.Page;

namespace Nvdimm.EngineService;

/// <summary>Limits the time of a request, and answers what goes wrong with a fault in the form of the engine's API.</summary>
internal static partial class Failures
{
    /// <summary>Longer than any call of the client; a change that has begun is finished all the same.</summary>
    public static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(2);

    /// <summary>Adds the middleware.</summary>
    public static void UseFailures(this IApplicationBuilder app) => app.Use(AnswerAsync);

    /// <summary>The fault of a request that the engine refused or could not answer.</summary>
    public static PageFaultException Of(OvirtException failed)
    {
        var detail = failed.Detail.Trim('[', ']');
        return failed switch
        {
            { Failure: OvirtFailure.Unauthorized, Status: HttpStatusCode.Unauthorized } => PageFaultException.Of(
                HttpStatusCode.Unauthorized, "The engine does not accept the token: the session has ended. Log in again."),
            { Failure: OvirtFailure.Unauthorized } => PageFaultException.Of(
                HttpStatusCode.Forbidden, $"The engine does not permit it to this user: {detail}"),
            { Failure: OvirtFailure.NotFound } => PageFaultException.Of(HttpStatusCode.NotFound, detail),
            { Failure: OvirtFailure.Refused, Status: { } status } => PageFaultException.Of(status, detail),
            { Failure: OvirtFailure.TimedOut } => PageFaultException.Of(
                HttpStatusCode.GatewayTimeout, $"The engine did not answer in time: {detail}"),
            _ => PageFaultException.Of(HttpStatusCode.BadGateway, $"The engine could not be asked: {detail}"),
        };
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var client = context.RequestAborted;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(client);
        limit.CancelAfter(LongestRequest);
        context.RequestAborted = limit.Token;
        PageFaultException fault;
        try
        {
            await next(context);
            return;
        }
        catch (PageFaultException refused)
        {
            fault = refused;
        }
        catch (OvirtException failed)
        {
            fault = Of(failed);
        }
        catch (BadHttpRequestException bad)
        {
            fault = PageFaultException.Of((HttpStatusCode)bad.StatusCode, bad.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !client.IsCancellationRequested)
        {
            fault = PageFaultException.Of(
                HttpStatusCode.GatewayTimeout, $"The engine or a host did not answer within {LongestRequest.TotalSeconds:0} seconds.");
        }
        catch (Exception failed) when (!client.IsCancellationRequested)
        {
            var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Failures));
            Failed(log, failed, context.Request.Method, context.Request.Path);
            fault = PageFaultException.Of(HttpStatusCode.InternalServerError, "The service failed. Its log has the reason.");
        }

        context.RequestAborted = client;
        if (context.Response.HasStarted)
        {
            // A part of an answer must not look like a whole one.
            context.Abort();
            return;
        }

        context.Response.Clear();
        await PageServices.WriteFaultAsync(context, fault);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private static partial void Failed(ILogger log, Exception failed, string method, string path);
}
