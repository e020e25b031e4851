using System.Net;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.DevEngine.Wire;

/// <summary>Ends a request with a fault.</summary>
/// <param name="fault">The fault.</param>
internal sealed class ApiFaultException(EngineFault fault) : Exception($"{fault.Reason}: {fault.Detail}")
{
    /// <summary>The fault.</summary>
    public EngineFault Fault { get; } = fault;

    /// <summary>A refusal by rules, with every finding.</summary>
    public static ApiFaultException Refused(IEnumerable<Finding> findings) => new(EngineFault.Of(findings));

    /// <summary>A refusal because of the present state.</summary>
    public static ApiFaultException Conflict(string detail) =>
        new(new EngineFault(HttpStatusCode.Conflict, EngineFault.OperationFailed, $"[{detail}]"));

    /// <summary>The request has a value that is not valid.</summary>
    public static ApiFaultException BadValue(string detail) =>
        new(new EngineFault(HttpStatusCode.BadRequest, EngineFault.OperationFailed, $"[{detail}]"));

    /// <summary>The request lacks a field (oVirt Engine 4.5, <c>AbstractBackendResource.validateParameters</c>).</summary>
    public static ApiFaultException Incomplete(string entity, string needed, string action) =>
        new(new EngineFault(HttpStatusCode.BadRequest, "Incomplete parameters", $"{entity} [{needed}] required for {action}"));

    /// <summary>The body cannot be read.</summary>
    public static ApiFaultException Unreadable(string detail) =>
        new(new EngineFault(HttpStatusCode.BadRequest, "Request syntactically incorrect.", detail));

    /// <summary>The entity does not exist.</summary>
    public static ApiFaultException NotFound(string what, string id) =>
        new(new EngineFault(HttpStatusCode.NotFound, EngineFault.OperationFailed, $"[Cannot find {what} {id}.]"));

    /// <summary>Too many requests at once.</summary>
    public static ApiFaultException TooMany(string detail) =>
        new(new EngineFault(HttpStatusCode.TooManyRequests, EngineFault.OperationFailed, $"[{detail}]"));

    /// <summary>This machine failed to do what the request asked for.</summary>
    public static ApiFaultException Failed(string detail) =>
        new(new EngineFault(HttpStatusCode.InternalServerError, EngineFault.OperationFailed, $"[{detail}]"));
}
