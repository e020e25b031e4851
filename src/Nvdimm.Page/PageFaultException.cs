using System.Net;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.Page;

/// <summary>Ends a request of the page with a fault, in the form of the engine's API.</summary>
/// <param name="fault">The fault.</param>
internal sealed class PageFaultException(EngineFault fault) : Exception($"{fault.Reason}: {fault.Detail}")
{
    /// <summary>The fault.</summary>
    public EngineFault Fault { get; } = fault;

    /// <summary>A refusal by rules, with every finding.</summary>
    public static PageFaultException Refused(IEnumerable<Finding> findings) => new(EngineFault.Of(findings));

    /// <summary>The entity does not exist, or the user cannot see it.</summary>
    public static PageFaultException NotFound(string what, string id) => Of(HttpStatusCode.NotFound, $"Cannot find {what} {id}.");

    /// <summary>A fault with a text.</summary>
    public static PageFaultException Of(HttpStatusCode status, string detail) =>
        new(new EngineFault(status, EngineFault.OperationFailed, $"[{detail}]"));
}
