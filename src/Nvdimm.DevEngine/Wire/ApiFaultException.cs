using System.Net;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.DevEngine.Wire;

/// <summary>A request that is answered with a fault.</summary>
/// <param name="fault">The fault.</param>
internal sealed class ApiFaultException(EngineFault fault) : Exception($"{fault.Reason}: {fault.Detail}")
{
    /// <summary>The fault.</summary>
    public EngineFault Fault { get; } = fault;

    /// <summary>Refused by rules: every violation.</summary>
    public static ApiFaultException Refused(IEnumerable<Finding> violations) => new(EngineFault.Of(violations));

    /// <summary>Refused because of the state of things.</summary>
    public static ApiFaultException Conflict(string detail) => new(new EngineFault(HttpStatusCode.Conflict, EngineFault.OperationFailed, $"[{detail}]"));

    /// <summary>The request says something that cannot be.</summary>
    public static ApiFaultException BadValue(string detail) => new(new EngineFault(HttpStatusCode.BadRequest, EngineFault.OperationFailed, $"[{detail}]"));

    /// <summary>The request lacks something (oVirt Engine 4.5, <c>AbstractBackendResource.validateParameters</c>).</summary>
    public static ApiFaultException Incomplete(string entity, string needed, string action) =>
        new(new EngineFault(HttpStatusCode.BadRequest, "Incomplete parameters", $"{entity} [{needed}] required for {action}"));

    /// <summary>The body cannot be read.</summary>
    public static ApiFaultException Unreadable(string detail) =>
        new(new EngineFault(HttpStatusCode.BadRequest, "Request syntactically incorrect.", detail));

    /// <summary>There is no such entity.</summary>
    public static ApiFaultException NotFound(string what, string id) =>
        new(new EngineFault(HttpStatusCode.NotFound, EngineFault.OperationFailed, $"[Cannot find {what} {id}.]"));

    /// <summary>More than can be done at once.</summary>
    public static ApiFaultException TooMany(string detail) => new(new EngineFault(HttpStatusCode.TooManyRequests, EngineFault.OperationFailed, $"[{detail}]"));

    /// <summary>What this machine was asked to do for the request did not work.</summary>
    public static ApiFaultException Failed(string detail) =>
        new(new EngineFault(HttpStatusCode.InternalServerError, EngineFault.OperationFailed, $"[{detail}]"));
}
