using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.DevEngine.Wire;

/// <summary>Adds a fault to an error without a body: for an unknown resource, or a method that a resource does not have.</summary>
internal static class MissingFaults
{
    /// <summary>Writes the fault for the status, in the format that the client accepts. The status and its headers stay.</summary>
    public static Task AnswerAsync(StatusCodeContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        if (HttpMethods.IsOptions(request.Method) && response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            // The router has already written the methods into the header Allow.
            response.StatusCode = StatusCodes.Status200OK;
            return Task.CompletedTask;
        }

        var detail = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => $"There is no resource {request.Path}.",
            StatusCodes.Status405MethodNotAllowed => $"{request.Path} does not know {request.Method}; it knows {response.Headers.Allow}.",
            StatusCodes.Status403Forbidden => "The request comes from another site.",
            _ => $"The request was refused with status {response.StatusCode}.",
        };
        return ApiAnswer.Of(new EngineFault((HttpStatusCode)response.StatusCode, EngineFault.OperationFailed, $"[{detail}]"))
            .ExecuteAsync(context.HttpContext);
    }
}
